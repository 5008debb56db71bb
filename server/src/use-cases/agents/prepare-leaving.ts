import { invalidInput, type ForbiddenError, type InvalidInputError } from '../../domain/failure.ts'
import type { Services } from '../services.ts'
import { agentOfToken } from './agent-of-token.ts'
import { mostHeldTickets } from './open-agent-session.ts'

/** An agent says that it is about to leave, and what it still holds: it is given nothing more, and the rest goes to others at once. */
export async function prepareLeaving(
  services: Services,
  tokenId: string,
  agentId: string,
  heldTickets: readonly string[],
): Promise<{ readonly agentId: string } | ForbiddenError | InvalidInputError> {
  if (heldTickets.length > mostHeldTickets)
    return invalidInput([{ path: 'heldTickets', message: `must have at most ${mostHeldTickets} entries` }])
  const agent = await agentOfToken(services, tokenId, agentId)
  if ('code' in agent) return agent
  services.scheduler.prepareLeaving(agentId, heldTickets)
  return { agentId }
}
