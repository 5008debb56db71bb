import { validate as isUuid } from 'uuid'
import { forbidden, invalidInput, type ForbiddenError, type InvalidInputError } from '../../domain/failure.ts'
import type { Services } from '../services.ts'
import { mostHeldTickets } from './open-agent-session.ts'

/** An agent says that it is about to leave, and what it still holds: it is given nothing more, and the rest goes to others at once. */
export async function prepareLeaving(
  { live, scheduler }: Services,
  tokenId: string,
  agentId: string,
  heldTickets: readonly string[],
): Promise<{ readonly agentId: string } | ForbiddenError | InvalidInputError> {
  if (heldTickets.length > mostHeldTickets)
    return invalidInput([{ path: 'heldTickets', message: `must have at most ${mostHeldTickets} entries` }])
  const agent = isUuid(agentId) ? await live.agents.byId(agentId) : null
  if (agent?.tokenId !== tokenId) return forbidden('This agent is not one of the token.')
  scheduler.prepareLeaving(agentId, heldTickets)
  return { agentId }
}
