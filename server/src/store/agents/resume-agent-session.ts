import type { Pool } from 'pg'
import { isGoodToken } from './good-token.ts'
import { agentColumns, type AgentRow } from './agent-row.ts'

/**
 * Writes an agent's presence as it comes back with the session that it had: in one statement, for its grace passes. Undefined where it was
 * gone for too long, has other slots now, is set aside, or its token was revoked: then it opens one, within the limits of its token.
 */
export async function resumeAgentSession(
  pool: Pool,
  session: { tokenId: string; name: string; slots: number; sessionId: string; replicaId: string },
): Promise<AgentRow | undefined> {
  const { rows } = await pool.query<AgentRow>({
    name: 'resume-agent-session',
    text: `
      UPDATE agent
         SET replica_id = $5, presence = CASE WHEN presence = 'DRAINING' THEN presence ELSE 'ONLINE' END,
             last_heartbeat_at = now(), version = version + 1
       WHERE token_id = $1 AND name = $2 AND slots = $3 AND session_id = $4 AND presence <> 'OFFLINE' AND suspended_at IS NULL
         AND EXISTS (SELECT FROM agent_token WHERE id = $1 AND ${isGoodToken})
      RETURNING ${agentColumns}`,
    values: [session.tokenId, session.name, session.slots, session.sessionId, session.replicaId],
  })
  return rows[0]
}
