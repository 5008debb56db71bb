import { validate as isUuid } from 'uuid'
import { notFound, type NotFoundError } from '../domain/failure.ts'
import type { AgentToken } from '../generated/prisma/client.ts'
import { markAgentTokenRevoked } from '../store/accounts/mark-agent-token-revoked.ts'
import type { Services } from './services.ts'

export type RevokeAgentTokenOutcome = AgentToken | NotFoundError

/** For admins. Announced also where it was revoked before: whoever missed it then closes its sockets now. */
export async function revokeAgentToken(
  { announcer, database }: Services,
  id: string,
): Promise<RevokeAgentTokenOutcome> {
  const agentToken = isUuid(id) ? await markAgentTokenRevoked(database, id) : null
  if (agentToken === null) return notFound('agent token')
  announcer.announce({ kind: 'agentTokenRevoked', id })
  return agentToken
}
