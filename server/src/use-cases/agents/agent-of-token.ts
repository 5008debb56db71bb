import { validate as isUuid } from 'uuid'
import { forbidden, type ForbiddenError } from '../../domain/failure.ts'
import type { AgentView } from '../../realtime/readers/agent-reader.ts'
import type { Services } from '../services.ts'

/** The agent of this id, where it has come by this token. */
export async function agentOfToken(
  { live }: Pick<Services, 'live'>,
  tokenId: string,
  agentId: string,
): Promise<AgentView | ForbiddenError> {
  const agent = isUuid(agentId) ? await live.agents.byId(agentId) : null
  return agent?.tokenId === tokenId ? agent : forbidden('This agent is not one of the token.')
}
