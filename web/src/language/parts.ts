/** Texts that come with the pages and the parts of pages that have them; all others come with the first view. See docs/decisions/0048. */
export const parts = ['account', 'agents', 'audit', 'cluster', 'expression', 'operations', 'users'] as const

export type Part = (typeof parts)[number]
