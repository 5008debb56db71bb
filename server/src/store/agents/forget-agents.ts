import type { Pool } from 'pg'

/**
 * Forgets agents that are gone: those that computed nothing and failed at nothing after a while, and the next time, when whoever watches has heard
 * of that, they are removed; the others after a longer one, and they go on being named by what they did. Returns whom it has forgotten. An agent that somebody else writes
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
        SELECT id, has_computed, last_heartbeat_at, forgotten_at FROM agent
         WHERE presence = 'OFFLINE' AND suspended_at IS NULL AND (forgotten_at IS NULL OR NOT has_computed)
           AND last_heartbeat_at < now() - least($1::float8, $2::float8) * interval '1 second'
           FOR UPDATE SKIP LOCKED
      ), named AS (
        UPDATE agent SET has_computed = true FROM gone
         WHERE agent.id = gone.id AND NOT gone.has_computed
           AND EXISTS (SELECT FROM failed_attempt WHERE failed_attempt.agent_id = gone.id)
        RETURNING agent.id
      ), removed AS (
        DELETE FROM agent USING gone
         WHERE agent.id = gone.id AND NOT gone.has_computed AND gone.forgotten_at IS NOT NULL
           AND gone.last_heartbeat_at < now() - $1 * interval '1 second' AND agent.id NOT IN (SELECT id FROM named)
      ), forgotten AS (
        UPDATE agent SET forgotten_at = now(), version = version + 1 FROM gone
         WHERE agent.id = gone.id AND gone.forgotten_at IS NULL
           AND gone.last_heartbeat_at < now() - CASE WHEN gone.has_computed THEN $2 ELSE least($1::float8, $2::float8) END * interval '1 second'
           AND agent.id NOT IN (SELECT id FROM named)
        RETURNING agent.id
      )
      SELECT id FROM forgotten`,
    values: [after.idleSeconds, after.anySeconds],
  })
  return rows.map(({ id }) => id)
}
