import type { Pool } from 'pg'

/**
 * Forgets agents that are gone. Those that computed nothing and failed at nothing, and that nothing names, are removed after a while; the
 * others go from the lists after a longer one, and go on being named by what they did. Returns their ids. An agent that somebody else writes
 * just now is left for the next time: it may be about to come back, and nobody waits here for who waits for them.
 */
export async function forgetAgents(
  pool: Pool,
  after: { readonly idleSeconds: number; readonly anySeconds: number },
): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'forget-agents',
    text: `
      WITH gone AS (
        SELECT id, has_computed, last_heartbeat_at FROM agent
         WHERE presence = 'OFFLINE' AND suspended_at IS NULL AND (forgotten_at IS NULL OR NOT has_computed)
           AND last_heartbeat_at < now() - least($1::float8, $2::float8) * interval '1 second'
           FOR UPDATE SKIP LOCKED
      ), removed AS (
        DELETE FROM agent USING gone
         WHERE agent.id = gone.id AND NOT gone.has_computed AND gone.last_heartbeat_at < now() - $1 * interval '1 second'
           AND NOT EXISTS (SELECT FROM failed_attempt WHERE failed_attempt.agent_id = agent.id)
        RETURNING agent.id
      ), forgotten AS (
        UPDATE agent SET forgotten_at = now(), version = version + 1
          FROM gone
         WHERE agent.id = gone.id AND forgotten_at IS NULL AND gone.last_heartbeat_at < now() - $2 * interval '1 second'
           AND agent.id NOT IN (SELECT id FROM removed)
        RETURNING agent.id
      )
      SELECT id FROM removed UNION ALL SELECT id FROM forgotten`,
    values: [after.idleSeconds, after.anySeconds],
  })
  return rows.map(({ id }) => id)
}
