import type { Pool } from 'pg'
import type { AgentPresence } from './agent-row.ts'

/** Writes an agent's presence, unless another session has come in its place. Returns whether it did. */
export async function setAgentPresence(
  pool: Pool,
  agentId: string,
  sessionId: string,
  replicaId: string,
  presence: AgentPresence,
): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'set-agent-presence',
    text: `
      UPDATE agent SET presence = $4, version = version + 1
       WHERE id = $1 AND session_id = $2 AND replica_id = $3 AND presence <> $4`,
    values: [agentId, sessionId, replicaId, presence],
  })
  return rowCount === 1
}
