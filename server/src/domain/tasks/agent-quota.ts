import type { ErrorCode } from '../error-codes/error-codes.ts'
import type { Failure } from '../failure.ts'

/** Results that cannot be, after which an agent is set aside. */
export const maxRefusals = 3

/** Agents of a token that are set aside, from which on it opens none under new names. */
const maxSuspended = 3

/** The time in which a token may bring so many new names as two times its agents: a whole fleet, started anew under other names. */
export const newNamesSeconds = 600
const newNamesFactor = 2

export interface AgentQuota {
  readonly maxAgents: number
  readonly maxSlots: number
}

/** What a token has, apart from the agent that comes. */
export interface TokenUse {
  readonly agents: number
  readonly slots: number
  readonly newNames: number
  readonly suspended: number
  readonly isKnown: boolean
  /** Whether another run of the agent that comes is connected. */
  readonly isTaken: boolean
  /** Why the agent that comes is set aside, where it is. */
  readonly suspension: string | null
}

export type AgentRefusal = Failure<'AgentRefusal'>

const refusal = (code: ErrorCode, message: string): AgentRefusal => ({ kind: 'AgentRefusal', code, message })

/** Why an agent with so many slots is not let in, or null where it is. */
export function refusalOf(use: TokenUse, slots: number, { maxAgents, maxSlots }: AgentQuota): AgentRefusal | null {
  if (use.suspension !== null) return refusal('AGENT_SUSPENDED', suspendedMessage(use.suspension))
  if (use.isTaken) return refusal('AGENT_NAME_TAKEN', nameTakenMessage)
  if (!use.isKnown && use.suspended >= maxSuspended)
    return refusal(
      'AGENT_SUSPENDED',
      `${use.suspended} agents of this token are set aside: until an admin reinstates them, it brings no new ones.`,
    )
  if (use.agents >= maxAgents)
    return refusal(
      'AGENT_LIMIT',
      `This token has ${use.agents} agents, and at most ${maxAgents} are allowed. Use another token for more, or raise MAX_AGENTS_PER_TOKEN.`,
    )
  if (use.slots + slots > maxSlots)
    return refusal(
      'AGENT_LIMIT',
      `The agents of this token have ${use.slots} slots; with ${slots} more they would have over ${maxSlots}. ` +
        'Use fewer, or another token, or raise MAX_SLOTS_PER_TOKEN.',
    )
  if (!use.isKnown && use.newNames >= newNamesFactor * maxAgents)
    return refusal(
      'AGENT_LIMIT',
      `This token has brought ${use.newNames} new names in ${newNamesSeconds / 60} minutes. Give an agent the name that it had, or wait.`,
    )
  return null
}

/** Of two that throw each other out neither computes anything: whoever is there stays. See docs/decisions/0039. */
const nameTakenMessage =
  'Another agent is connected under this name, with the same token. Give each a name of its own. ' +
  'Until then this one waits for the other to leave.'

export const suspendedMessage = (reason: string): string =>
  `This agent is set aside because it returned results that cannot be. The last: ${reason} ` +
  'An admin can reinstate it, on the page of agents, once it computes rightly.'
