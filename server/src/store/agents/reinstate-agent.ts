import type { Pool } from 'pg'

/** Lets an agent in again that was set aside, with nothing held against it. Returns whether it was. */
export async function reinstateAgent(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'reinstate-agent',
    text: `
      UPDATE agent SET suspended_at = NULL, refused_results = 0, last_refusal = NULL, version = version + 1
       WHERE id = $1 AND suspended_at IS NOT NULL`,
    values: [id],
  })
  return rowCount === 1
}
