import type { ClientBase, Pool } from 'pg'
import { isGoodToken } from './good-token.ts'
import type { AgentRow } from './agent-row.ts'
import { agentColumns } from './agent-row.ts'

export interface NewAgentSession {
  /** For an agent that is new. */
  readonly id: string
  readonly tokenId: string
  readonly name: string
  readonly slots: number
  readonly sessionId: string
  readonly replicaId: string
  /** As the agent says itself; null where it says nothing. */
  readonly programVersion?: string | null | undefined
  readonly host?: string | null | undefined
}

/**
 * Writes an agent's presence as its session opens or resumes: the agent is known by token and name, and made when new.
 * @returns undefined where the token was revoked in the meantime
 */
export async function openAgentSession(
  database: Pool | ClientBase,
  session: NewAgentSession,
): Promise<AgentRow | undefined> {
  const { rows } = await database.query<AgentRow>({
    name: 'open-agent-session',
    text: `
      INSERT INTO agent (id, token_id, name, slots, presence, session_id, replica_id, program_version, host)
      SELECT $1, id, $3, $4, 'ONLINE', $5, $6, $7, $8 FROM agent_token WHERE id = $2 AND ${isGoodToken}
      ON CONFLICT (token_id, name) DO UPDATE
         SET slots = excluded.slots, session_id = excluded.session_id, replica_id = excluded.replica_id,
             presence = CASE WHEN agent.presence = 'DRAINING' AND agent.session_id = excluded.session_id THEN agent.presence
                             ELSE excluded.presence END,
             program_version = excluded.program_version, host = excluded.host, forgotten_at = NULL,
             last_heartbeat_at = now(), version = agent.version + 1
      RETURNING ${agentColumns}`,
    values: [
      ...[session.id, session.tokenId, session.name, session.slots, session.sessionId, session.replicaId],
      ...[session.programVersion ?? null, session.host ?? null],
    ],
  })
  return rows[0]
}
