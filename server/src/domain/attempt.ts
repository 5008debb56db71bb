/** How an attempt ended that did not bring a result. */
export const attemptOutcomes = ['AGENT_ERROR', 'AGENT_LOST', 'OVERDUE'] as const
export type AttemptOutcome = (typeof attemptOutcomes)[number]
