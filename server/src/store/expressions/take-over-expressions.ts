import type { Pool } from 'pg'
import { ownedColumns, type OwnedRow } from './owned-row.ts'

/**
 * Takes running expressions whose replica is no more into another. Their epoch rises, which fences what the lost owner may still try.
 * @param limit how many at a time, so that several replicas share what one has left
 */
export async function takeOverExpressions(pool: Pool, replicaId: string, limit: number): Promise<OwnedRow[]> {
  const { rows } = await pool.query<OwnedRow>({
    name: 'take-over-expressions',
    text: `
      WITH lost AS (
        SELECT id FROM expression
         WHERE status = 'RUNNING' AND NOT EXISTS (SELECT FROM replica WHERE replica.id = expression.replica_id)
         LIMIT $2 FOR UPDATE SKIP LOCKED
      )
      UPDATE expression SET replica_id = $1, epoch = epoch + 1, version = version + 1
       WHERE id IN (SELECT id FROM lost)
      RETURNING ${ownedColumns}`,
    values: [replicaId, limit],
  })
  return rows
}
