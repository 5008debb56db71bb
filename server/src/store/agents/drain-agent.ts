import type { Pool } from 'pg'

/** Writes that an agent is to leave. Returns whether it is there and was not leaving already. */
export async function drainAgent(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'drain-agent',
    text: `
      UPDATE agent SET presence = 'DRAINING', version = version + 1
       WHERE id = $1 AND presence IN ('ONLINE', 'RECONNECTING')`,
    values: [id],
  })
  return rowCount === 1
}
