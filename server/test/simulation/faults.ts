import type { OperationName } from '../../src/domain/operation.ts'

/** How bad the world is at present. A history begins with some of it and ends with none. */
export interface Faults {
  /** The database refuses connections. */
  isStoreDown: boolean
  /** The chance that a statement's connection breaks: half of them before it is done, half before its answer arrives. */
  storeLossRate: number
  /** The longest that a message takes, in milliseconds; each takes its own time, so they overtake each other. */
  longestDelayMs: number
  /** The chance that a message whose loss the protocol must bear comes twice. */
  duplicateRate: number
  /** The chance that an agent returns an error instead of a value. */
  agentErrorRate: number
  /** The chance that an agent takes far too long for a task. */
  slownessRate: number
  /** An operation that ends every agent that computes it. */
  poison: OperationName | null
}

export const noFaults = (): Faults => ({
  isStoreDown: false,
  storeLossRate: 0,
  longestDelayMs: 5,
  duplicateRate: 0,
  agentErrorRate: 0,
  slownessRate: 0,
  poison: null,
})
