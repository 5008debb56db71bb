import type { Pool } from 'pg'
import type { AgentRow } from './agent-row.ts'
import { openAgentSession, type NewAgentSession } from './open-agent-session.ts'

/** What a token has, apart from the agent that comes. */
export interface TokenUsage {
  /** Of other names, that are here or about to come back. */
  readonly agents: number
  readonly slots: number
  /** Names that were new in the time that was asked for. */
  readonly newNames: number
  /** Agents that are set aside. */
  readonly suspended: number
  readonly isKnown: boolean
  /** Whether another run of the agent is connected to a replica that lives. */
  readonly isTaken: boolean
  /** Why the agent itself is set aside. */
  readonly suspension: string | null
}

export type Opened<Refusal> =
  | { readonly kind: 'opened'; readonly row: AgentRow }
  | { readonly kind: 'revoked' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

/**
 * Opens a session unless `decide` finds a reason against it in what its token has. One after the other for a token: of many that come at
 * once each counts those before it.
 */
export async function openWithinQuota<Refusal>(
  pool: Pool,
  session: NewAgentSession,
  newNamesSeconds: number,
  decide: (usage: TokenUsage) => Refusal | null,
): Promise<Opened<Refusal>> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    await client.query({ name: 'lock-agent-token', text: lockToken, values: [session.tokenId] })
    const usage = {
      name: 'agent-token-usage',
      text: readUsage,
      values: [session.tokenId, session.name, newNamesSeconds, session.sessionId],
    }
    const { rows } = await client.query<TokenUsage>(usage)
    const refusal = rows[0] ? decide(rows[0]) : null
    const row = refusal === null ? await openAgentSession(client, session) : undefined
    await client.query('COMMIT')
    if (refusal !== null) return { kind: 'refused', refusal }
    return row ? { kind: 'opened', row } : { kind: 'revoked' }
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error))
    throw error
  } finally {
    // A connection in the middle of a transaction is of no use to anybody else.
    client.release(broken)
  }
}

const lockToken = 'SELECT id FROM agent_token WHERE id = $1 FOR NO KEY UPDATE'

const readUsage = `
  SELECT count(*) FILTER (WHERE presence <> 'OFFLINE' AND name <> $2)::int AS agents,
         coalesce(sum(slots) FILTER (WHERE presence <> 'OFFLINE' AND name <> $2), 0)::int AS slots,
         count(*) FILTER (WHERE created_at > now() - $3 * interval '1 second')::int AS "newNames",
         count(*) FILTER (WHERE suspended_at IS NOT NULL)::int AS suspended,
         coalesce(bool_or(name = $2), false) AS "isKnown",
         coalesce(bool_or(name = $2 AND presence IN ('ONLINE', 'DRAINING') AND session_id <> $4
                          AND EXISTS (SELECT FROM replica WHERE replica.id = agent.replica_id)), false) AS "isTaken",
         max(coalesce(last_refusal, '')) FILTER (WHERE name = $2 AND suspended_at IS NOT NULL) AS suspension
    FROM agent WHERE token_id = $1`
