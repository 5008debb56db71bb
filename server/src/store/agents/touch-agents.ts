import type { Pool } from 'pg'

/** Writes that these agents were heard of just now. No new version: nobody waits for it. */
export async function touchAgents(pool: Pool, agentIds: readonly string[]): Promise<void> {
  await pool.query({
    name: 'touch-agents',
    text: `UPDATE agent SET last_heartbeat_at = now() WHERE id = ANY($1::uuid[])`,
    values: [agentIds],
  })
}
