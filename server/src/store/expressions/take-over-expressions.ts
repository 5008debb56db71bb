import type { Pool } from 'pg'
import { ownedColumns, type OwnedRow } from './owned-row.ts'
import { maxOperations } from './take-queued-expressions.ts'

/**
 * Takes running expressions whose replica is no more into another. Their epoch rises, which fences what the lost owner may still try.
 * @param limit how many at a time, so that several replicas share what one has left
 */
export async function takeOverExpressions(pool: Pool, replicaId: string, limit: number): Promise<OwnedRow[]> {
  const { rows } = await pool.query<OwnedRow>({
    name: 'take-over-expressions',
    text: `
      WITH lost AS (
        SELECT id, operation_count FROM expression
         WHERE status = 'RUNNING' AND NOT EXISTS (SELECT FROM replica WHERE replica.id = expression.replica_id)
         LIMIT $2 FOR UPDATE SKIP LOCKED
      ), taken AS (
        SELECT id FROM (SELECT id, sum(operation_count) OVER (ORDER BY id) - operation_count AS operations_before FROM lost) sized
         WHERE operations_before < ${maxOperations}
      )
      UPDATE expression SET replica_id = $1, epoch = epoch + 1, version = version + 1
       WHERE id IN (SELECT id FROM taken)
      RETURNING ${ownedColumns}`,
    values: [replicaId, limit],
  })
  return rows
}
