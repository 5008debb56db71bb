import { validate as isUuid } from 'uuid'
import { notFound, type NotFoundError } from '../../domain/failure.ts'
import type { AgentView } from '../../realtime/readers/agent-reader.ts'
import { drainAgent as drainRow } from '../../store/agents/drain-agent.ts'
import type { Requester } from '../accounts/requester.ts'
import type { Services } from '../services.ts'

/** Asks an agent to finish what it holds and leave. One that is not connected stays as it is. For admins. */
export async function drainAgent(
  { accounts, database, announcer, live }: Services,
  id: string,
  { actorId, address }: Requester,
): Promise<AgentView | NotFoundError> {
  if (!isUuid(id)) return notFound('agent')
  if (await drainRow(database.pool, id)) {
    accounts.audit.record({ kind: 'AGENT_DRAINED', actorId, subjectId: id, address })
    announcer.broadcast({ kind: 'agentDrained', id })
    announcer.announce({ kind: 'agent', id })
  }
  return (await live.agents.byId(id)) ?? notFound('agent')
}
