import { notFound, type NotFoundError } from '../../domain/failure.ts'
import type { Requester } from '../accounts/requester.ts'
import type { Services } from '../services.ts'

/** An agent that this server has started, as a process beside it. */
export interface OwnAgent {
  readonly name: string
  /** Whether its process runs, or is about to: one that ends by itself is started again. */
  readonly isRunning: boolean
}

/** Whoever keeps the processes of such agents. */
export interface AgentKeeper {
  list(): readonly OwnAgent[]
  /** Ends its process at once, and starts it no more; false where there is none of this name. */
  kill(name: string): boolean
  start(name: string): boolean
}

/** The agents that the embedded default brings; none before they are started, and none of a server on a database of somebody else's. */
export class OwnAgents {
  #keeper: AgentKeeper | null = null

  keptBy(keeper: AgentKeeper): void {
    this.#keeper = keeper
  }

  list(): readonly OwnAgent[] {
    return this.#keeper?.list() ?? []
  }

  kill(name: string): boolean {
    return this.#keeper?.kill(name) ?? false
  }

  start(name: string): boolean {
    return this.#keeper?.start(name) ?? false
  }
}

/** Takes an agent of this server away, as a power cut would, to see its work move; or brings it back. For admins. */
export function switchOwnAgent(
  { accounts, logger, ownAgents }: Pick<Services, 'accounts' | 'logger' | 'ownAgents'>,
  name: string,
  action: 'kill' | 'start',
  { actorId, address }: Requester,
): OwnAgent | NotFoundError {
  if (!ownAgents[action](name)) return notFound('agent of this server')
  const kind = action === 'kill' ? 'OWN_AGENT_KILLED' : 'OWN_AGENT_STARTED'
  accounts.audit.record({ kind, actorId, address, detail: name })
  logger.warn({ agent: name }, action === 'kill' ? 'an admin has killed an agent' : 'an admin has started an agent')
  return { name, isRunning: action === 'start' }
}
