import { validate as isUuid } from 'uuid'
import { notFound, type NotFoundError } from '../../domain/failure.ts'
import type { AgentToken } from '../../generated/prisma/client.ts'
import { markAgentTokenRevoked } from '../../store/accounts/mark-agent-token-revoked.ts'
import type { Requester } from './requester.ts'
import type { Services } from '../services.ts'

export type RevokeAgentTokenOutcome = AgentToken | NotFoundError

/** For admins. Announced also where it was revoked before: whoever missed it then closes its sockets now. */
export async function revokeAgentToken(
  { accounts, announcer, database }: Services,
  id: string,
  { actorId, address }: Requester,
): Promise<RevokeAgentTokenOutcome> {
  const agentToken = isUuid(id) ? await markAgentTokenRevoked(database, id) : null
  if (agentToken === null) return notFound('agent token')
  announcer.broadcast({ kind: 'agentTokenRevoked', id })
  const detail = agentToken.name
  accounts.audit.record({ kind: 'AGENT_TOKEN_REVOKED', actorId, subjectId: id, address, detail })
  return agentToken
}
