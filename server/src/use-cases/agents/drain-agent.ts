import { validate as isUuid } from 'uuid'
import { notFound, type NotFoundError } from '../../domain/failure.ts'
import type { AgentView } from '../../realtime/readers/agent-reader.ts'
import { drainAgent as drainRow } from '../../store/agents/drain-agent.ts'
import type { Services } from '../services.ts'

/** Asks an agent to finish what it holds and leave. One that is not connected stays as it is. For admins. */
export async function drainAgent(
  { database, announcer, live }: Services,
  id: string,
): Promise<AgentView | NotFoundError> {
  if (!isUuid(id)) return notFound('agent')
  if (await drainRow(database.pool, id)) {
    announcer.broadcast({ kind: 'agentDrained', id })
    announcer.announce({ kind: 'agent', id })
  }
  return (await live.agents.byId(id)) ?? notFound('agent')
}
