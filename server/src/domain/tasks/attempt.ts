/** How an attempt ended that did not bring a result. */
export const attemptOutcomes = ['AGENT_ERROR', 'AGENT_LOST', 'OVERDUE', 'REFUSED'] as const
export type AttemptOutcome = (typeof attemptOutcomes)[number]

/** Whether it is a failure of the task, of which it may have but a few: a result that was refused is its agent's alone. */
export const countsAgainstTask = (outcome: AttemptOutcome): boolean => outcome !== 'REFUSED'

/** How an attempt failed. */
export interface Failure {
  readonly outcome: AttemptOutcome
  /** Whether its agent had nothing else to compute, as far as is known. */
  readonly alone: boolean
}

/** How attempts at one task failed that count against it, by their numbers. */
export type Failures = ReadonlyMap<number, Failure>

/** How many more attempts there are than are allowed, at the most, until one that its agent was lost with is known to have had nothing beside it. */
const mostBeyond = 2

/** Whether it may have come of another task that its agent was computing, and not of this one. */
const mayBeOfAnother = ({ outcome }: Failure): boolean => outcome === 'AGENT_LOST' || outcome === 'OVERDUE'

/**
 * Whether a task is to be computed with nothing beside it: to lose its agent once more would fail the expression, and what ends agents may have
 * been another task. See docs/decisions/0043.
 */
export const needsAgentAlone = (failures: Failures, maxAttempts: number): boolean =>
  failures.size >= maxAttempts - 1 && [...failures.values()].some(mayBeOfAnother)

/**
 * Whether there are to be no more attempts. Where an agent was lost with the last one allowed, and had others beside it, that proves nothing, and
 * there is one more; but not where a single attempt is all that is wanted.
 */
export function areSpent(failures: Failures, maxAttempts: number): boolean {
  if (failures.size < maxAttempts) return false
  const last = failures.get(Math.max(...failures.keys()))
  if (maxAttempts === 1 || last === undefined || !mayBeOfAnother(last)) return true
  return last.alone || failures.size >= maxAttempts + mostBeyond
}
