import { validate as isUuid } from 'uuid'
import { agentConnected, notFound, type AgentConnectedError, type NotFoundError } from '../../domain/failure.ts'
import type { AgentView } from '../../realtime/readers/agent-reader.ts'
import { forgetAgent as forgetRow } from '../../store/agents/forget-agent.ts'
import type { Requester } from '../accounts/requester.ts'
import type { Services } from '../services.ts'

/** Takes an agent that is gone from all lists, until it comes back. What it did goes on telling its name. For admins. */
export async function forgetAgent(
  { accounts, database, announcer, live }: Services,
  id: string,
  { actorId, address }: Requester,
): Promise<AgentView | NotFoundError | AgentConnectedError> {
  if (!isUuid(id)) return notFound('agent')
  const isNew = await forgetRow(database.pool, id)
  if (isNew) announcer.announce({ kind: 'agent', id })
  const agent = await live.agents.byId(id)
  if (agent === null) return notFound('agent')
  if (isNew) accounts.audit.record({ kind: 'AGENT_FORGOTTEN', actorId, subjectId: id, address, detail: agent.name })
  return agent.forgottenAt === null ? agentConnected : agent
}
