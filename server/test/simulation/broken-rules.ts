/**
 * Rules of the system that a control test breaks, to show that the simulation would notice. That the epoch rises at a take-over is not
 * among them: here the log makes up for it. The model of the store's SQL holds that rule, with a control of its own.
 */
export const brokenRules = [
  'acknowledges before the commit',
  'counts the last result, not the first',
  'forgets what agents bring along',
  'keeps the session of a lost agent',
  'never gives out an overdue task again',
  'does not record failed attempts',
  'does not look for lost replicas',
] as const

export type BrokenRule = (typeof brokenRules)[number]
