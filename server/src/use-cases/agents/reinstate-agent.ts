import { validate as isUuid } from 'uuid'
import { notFound, type NotFoundError } from '../../domain/failure.ts'
import type { AgentView } from '../../realtime/readers/agent-reader.ts'
import { reinstateAgent as reinstateRow } from '../../store/agents/reinstate-agent.ts'
import type { Requester } from '../accounts/requester.ts'
import type { Services } from '../services.ts'

/** Lets an agent in again that was set aside, with nothing held against it. One that was not stays as it is. For admins. */
export async function reinstateAgent(
  { accounts, database, announcer, live, logger }: Services,
  id: string,
  { actorId, address }: Requester,
): Promise<AgentView | NotFoundError> {
  if (!isUuid(id)) return notFound('agent')
  if (await reinstateRow(database.pool, id)) {
    accounts.audit.record({ kind: 'AGENT_REINSTATED', actorId, subjectId: id, address })
    logger.info({ agent: id }, 'an agent is reinstated')
    announcer.announce({ kind: 'agent', id })
  }
  return (await live.agents.byId(id)) ?? notFound('agent')
}
