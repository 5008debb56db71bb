/** How an attempt ended that did not bring a result. */
export const attemptOutcomes = ['AGENT_ERROR', 'AGENT_LOST', 'OVERDUE', 'REFUSED'] as const
export type AttemptOutcome = (typeof attemptOutcomes)[number]

/** Whether it is a failure of the task, of which it may have but a few: a result that was refused is its agent's alone. */
export const countsAgainstTask = (outcome: AttemptOutcome): boolean => outcome !== 'REFUSED'

/** How attempts at one task ended that count against it, by their numbers. */
export type Failures = ReadonlyMap<number, AttemptOutcome>

/** Whether it may have come of another task that its agent was computing, and not of this one. */
const mayBeOfAnother = (outcome: AttemptOutcome): boolean => outcome === 'AGENT_LOST' || outcome === 'OVERDUE'

const losses = (failures: Failures): number => [...failures.values()].filter(mayBeOfAnother).length

/**
 * Whether a task is to be computed with nothing beside it: to lose its agent once more would fail the expression, and what ends agents may have
 * been another task. See docs/decisions/0043.
 */
export const needsAgentAlone = (failures: Failures, maxAttempts: number): boolean =>
  failures.size >= maxAttempts - 1 && losses(failures) > 0

/**
 * Whether there are to be no more attempts. Where the last one allowed is the first to be lost, it had others beside it, and there is one more;
 * but not where a single attempt is all that is wanted.
 */
export function areSpent(failures: Failures, maxAttempts: number): boolean {
  if (failures.size < maxAttempts) return false
  const last = failures.get(Math.max(...failures.keys()))
  return maxAttempts === 1 || last === undefined || !mayBeOfAnother(last) || losses(failures) > 1
}
