import type { Pool } from 'pg'

/** Writes that an agent is to stay after all. Returns whether it was leaving. */
export async function undrainAgent(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'undrain-agent',
    text: `UPDATE agent SET presence = 'ONLINE', version = version + 1 WHERE id = $1 AND presence = 'DRAINING'`,
    values: [id],
  })
  return rowCount === 1
}
