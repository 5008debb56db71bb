import type { Pool } from 'pg'

/** Forgets an agent that is not connected: no list has it from now on, until it comes back. Returns whether it was there, and not connected. */
export async function forgetAgent(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'forget-agent',
    text: `
      UPDATE agent SET forgotten_at = now(), version = version + 1
       WHERE id = $1 AND presence = 'OFFLINE' AND forgotten_at IS NULL`,
    values: [id],
  })
  return rowCount === 1
}
