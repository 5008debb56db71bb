import type { Pool } from 'pg'

/** Writes that the logs name these agents from here on: they are not forgotten. No new version: nobody is shown it. */
export async function noteComputed(pool: Pool, agentIds: readonly string[]): Promise<void> {
  await pool.query({
    name: 'note-computed',
    text: `UPDATE agent SET has_computed = true WHERE id = ANY($1::uuid[]) AND NOT has_computed`,
    values: [agentIds],
  })
}
