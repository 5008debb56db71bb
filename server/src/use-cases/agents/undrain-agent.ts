import { validate as isUuid } from 'uuid'
import { notFound, type NotFoundError } from '../../domain/failure.ts'
import type { AgentView } from '../../realtime/readers/agent-reader.ts'
import { undrainAgent as undrainRow } from '../../store/agents/undrain-agent.ts'
import type { Requester } from '../accounts/requester.ts'
import type { Services } from '../services.ts'

/** Lets an agent stay that was asked to leave and has not left. Any other stays as it is. For admins. */
export async function undrainAgent(
  { accounts, database, announcer, live }: Services,
  id: string,
  { actorId, address }: Requester,
): Promise<AgentView | NotFoundError> {
  if (!isUuid(id)) return notFound('agent')
  if (await undrainRow(database.pool, id)) {
    accounts.audit.record({ kind: 'AGENT_UNDRAINED', actorId, subjectId: id, address })
    announcer.broadcast({ kind: 'agentUndrained', id })
    announcer.announce({ kind: 'agent', id })
  }
  return (await live.agents.byId(id)) ?? notFound('agent')
}
