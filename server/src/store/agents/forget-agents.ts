import type { Pool } from 'pg'

/**
 * Forgets agents that are gone. Those that computed nothing and failed at nothing, and that nothing names, are removed after a while; the
 * others go from the lists after a longer one, and go on being named by what they did. Returns their ids.
 */
export async function forgetAgents(
  pool: Pool,
  after: { readonly idleSeconds: number; readonly anySeconds: number },
): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'forget-agents',
    text: `
      WITH removed AS (
        DELETE FROM agent
         WHERE presence = 'OFFLINE' AND NOT has_computed AND suspended_at IS NULL
           AND last_heartbeat_at < now() - $1 * interval '1 second'
           AND NOT EXISTS (SELECT FROM failed_attempt WHERE failed_attempt.agent_id = agent.id)
        RETURNING id
      ), forgotten AS (
        UPDATE agent SET forgotten_at = now(), version = version + 1
         WHERE presence = 'OFFLINE' AND forgotten_at IS NULL AND suspended_at IS NULL
           AND last_heartbeat_at < now() - $2 * interval '1 second' AND id NOT IN (SELECT id FROM removed)
        RETURNING id
      )
      SELECT id FROM removed UNION ALL SELECT id FROM forgotten`,
    values: [after.idleSeconds, after.anySeconds],
  })
  return rows.map(({ id }) => id)
}
