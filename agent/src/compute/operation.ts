import { compute, type Outcome } from './compute.ts'

export interface Operation {
  /** Its name: `+`, `gcd`. */
  readonly operation: string
  readonly operands: readonly string[]
}

/** Computes operations elsewhere than in the thread that asks. */
export interface Computer {
  /** Calls `onOutcome` once, later, unless what it returns is called first: that takes the operation back. */
  compute(operation: Operation, maxDigits: number, onOutcome: (outcome: Outcome) => void): () => void
}

/**
 * Characters of all operands, or digits of a power, up to which an operation is light. Two fractions of 128/128 digits take some 0.1 ms,
 * most numbers 2 µs; to have it done by another thread takes 30 µs of this one's.
 */
const mostLightCharacters = 512

/** So many factors are multiplied in some microseconds. */
const mostLightFactor = 200

/** Whether an operation takes so little time that the thread of the socket may do it itself. */
export function isLight({ operation, operands }: Operation): boolean {
  if (operands.reduce((characters, { length }) => characters + length, 0) > mostLightCharacters) return false
  const [left = '', right = ''] = operands
  if (operation === 'factorial') return Number(left) <= mostLightFactor
  if (operation === 'binomial') return Number(right) <= mostLightFactor
  // A fractional exponent is not a number here: that and one beyond all limits are told without computing, wherever that is done.
  return operation !== '^' || left.length * Math.abs(Number(right)) <= mostLightCharacters
}

/** No operand and no bug in the arithmetic may end the agent. */
export function attempt({ operation, operands }: Operation, maxDigits: number): Outcome {
  try {
    return compute(operation, operands, maxDigits)
  } catch (error) {
    return agentError(error instanceof Error ? error.message : String(error))
  }
}

export const agentError = (message: string): Outcome => ({ kind: 'error', code: 'AGENT_ERROR', message })
