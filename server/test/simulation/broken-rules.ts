/** Rules of the system that a control test breaks, to show that the simulation would notice. */
export const brokenRules = [
  'acknowledges before the commit',
  'counts the last result, not the first',
  'does not raise the epoch at a take-over',
  'forgets what agents bring along',
  'keeps the session of a lost agent',
  'never gives out an overdue task again',
  'does not record failed attempts',
  'does not look for lost replicas',
] as const

export type BrokenRule = (typeof brokenRules)[number]
