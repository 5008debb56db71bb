import type { Pool } from 'pg'

/** Of these sessions of a replica those, by their own ids, that their agents have taken to another replica and that stand there. */
export async function findMovedSessions(
  pool: Pool,
  replicaId: string,
  sessions: readonly { readonly agentId: string; readonly sessionId: string }[],
): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ sessionId: string }>({
    name: 'find-moved-sessions',
    text: `
      SELECT agent.session_id AS "sessionId" FROM unnest($2::uuid[], $3::uuid[]) AS session (agent_id, session_id)
        JOIN agent ON agent.id = session.agent_id AND agent.session_id = session.session_id
       WHERE agent.presence <> 'OFFLINE' AND agent.replica_id <> $1`,
    values: [replicaId, sessions.map(({ agentId }) => agentId), sessions.map(({ sessionId }) => sessionId)],
  })
  return new Set(rows.map(({ sessionId }) => sessionId))
}
