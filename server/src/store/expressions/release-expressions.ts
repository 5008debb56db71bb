import type { Pool } from 'pg'

/** Gives up all that a replica owns, so that others take it over at once. */
export async function releaseExpressions(pool: Pool, replicaId: string): Promise<void> {
  await pool.query({
    name: 'release-expressions',
    text: `UPDATE expression SET replica_id = NULL WHERE replica_id = $1 AND status = 'RUNNING'`,
    values: [replicaId],
  })
}
