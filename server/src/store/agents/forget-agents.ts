import type { Pool } from 'pg'

/** Forgets agents that are gone for so long, computed nothing and failed at nothing. Returns their ids. */
export async function forgetAgents(pool: Pool, goneForSeconds: number): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'forget-agents',
    text: `
      DELETE FROM agent
       WHERE presence = 'OFFLINE' AND NOT has_computed AND suspended_at IS NULL
         AND last_heartbeat_at < now() - $1 * interval '1 second'
         AND NOT EXISTS (SELECT FROM failed_attempt WHERE failed_attempt.agent_id = agent.id)
      RETURNING id`,
    values: [goneForSeconds],
  })
  return rows.map(({ id }) => id)
}
