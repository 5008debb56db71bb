import type { Pool } from 'pg'
import { lockAgents } from './lock-agents.ts'
import { isGoodToken } from './good-token.ts'

/** What the rows of agents that are connected say that they may not have been told. */
export interface TouchedAgent {
  readonly id: string
  readonly tokenId: string
  readonly isDraining: boolean
  /** Why the last of its results could not be, where it is set aside for that. */
  readonly suspendedFor: string | null
  readonly isTokenRevoked: boolean
}

/** Writes that these agents were heard of just now. No new version: nobody waits for it. */
export async function touchAgents(pool: Pool, agentIds: readonly string[]): Promise<TouchedAgent[]> {
  const { rows } = await pool.query<TouchedAgent>({
    name: 'touch-agents',
    text: `${lockAgents}
      UPDATE agent SET last_heartbeat_at = now()
        FROM locked, agent_token
       WHERE agent.id = locked.id AND agent_token.id = agent.token_id
      RETURNING agent.id, agent.token_id AS "tokenId", presence = 'DRAINING' AS "isDraining",
                CASE WHEN suspended_at IS NOT NULL THEN coalesce(last_refusal, '') END AS "suspendedFor",
                NOT (${isGoodToken}) AS "isTokenRevoked"`,
    values: [agentIds],
  })
  return rows
}
