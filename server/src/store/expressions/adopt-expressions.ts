import type { Pool } from 'pg'
import { ownedColumns, type OwnedRow } from './owned-row.ts'

/**
 * Takes up what stands as this replica's and is not in its memory: the answer to a statement that made it so was lost with its
 * connection. As for a take-over, the epoch rises.
 * @param known the expressions that the replica has in memory or is just taking in
 */
export async function adoptExpressions(pool: Pool, replicaId: string, known: readonly string[]): Promise<OwnedRow[]> {
  const { rows } = await pool.query<OwnedRow>({
    name: 'adopt-expressions',
    text: `
      UPDATE expression SET epoch = epoch + 1, version = version + 1
       WHERE status = 'RUNNING' AND replica_id = $1 AND id <> ALL($2::uuid[])
      RETURNING ${ownedColumns}`,
    values: [replicaId, known],
  })
  return rows
}
