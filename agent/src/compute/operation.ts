import type { OperationKind } from '../graphql.ts'
import { compute, type Outcome } from './compute.ts'

export interface Operation {
  readonly operator: OperationKind
  readonly left: string
  readonly right: string
}

/** Computes operations elsewhere than in the thread that asks. */
export interface Computer {
  /** Calls `onOutcome` once, later, unless what it returns is called first: that takes the operation back. */
  compute(operation: Operation, maxDigits: number, onOutcome: (outcome: Outcome) => void): () => void
}

/**
 * Characters of both operands, or digits of a power, up to which an operation is light. Two fractions of 128/128 digits take some 0.1 ms,
 * most numbers 2 µs; to have it done by another thread takes 30 µs of this one's.
 */
const mostLightCharacters = 512

/** Whether an operation takes so little time that the thread of the socket may do it itself. */
export function isLight({ operator, left, right }: Operation): boolean {
  if (left.length + right.length > mostLightCharacters) return false
  // A fractional exponent is not a number here: that and one beyond all limits are told without computing, wherever that is done.
  return operator !== 'POWER' || left.length * Math.abs(Number(right)) <= mostLightCharacters
}

/** No operand and no bug in the arithmetic may end the agent. */
export function attempt({ operator, left, right }: Operation, maxDigits: number): Outcome {
  try {
    return compute(operator, left, right, maxDigits)
  } catch (error) {
    return agentError(error instanceof Error ? error.message : String(error))
  }
}

export const agentError = (message: string): Outcome => ({ kind: 'error', code: 'AGENT_ERROR', message })
