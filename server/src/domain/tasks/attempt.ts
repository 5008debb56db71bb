/** How an attempt ended that did not bring a result. */
export const attemptOutcomes = ['AGENT_ERROR', 'AGENT_LOST', 'OVERDUE', 'REFUSED'] as const
export type AttemptOutcome = (typeof attemptOutcomes)[number]

/** Whether it is a failure of the task, of which it may have but a few: a result that was refused is its agent's alone. */
export const countsAgainstTask = (outcome: AttemptOutcome): boolean => outcome !== 'REFUSED'
