import type { ExpressionStatus } from '../../graphql.ts'

export const statusFilters = [
  { value: 'all', label: 'All', statuses: null },
  { value: 'active', label: 'Active', statuses: ['QUEUED', 'RUNNING'] },
  { value: 'succeeded', label: 'Succeeded', statuses: ['SUCCEEDED'] },
  { value: 'failed', label: 'Failed', statuses: ['FAILED'] },
  { value: 'cancelled', label: 'Cancelled', statuses: ['CANCELLED'] },
] as const satisfies readonly { value: string; label: string; statuses: readonly ExpressionStatus[] | null }[]

export type StatusFilterValue = (typeof statusFilters)[number]['value']

/** The statuses that a filter lets through; null for all of them. */
export const statusesOf = (value: StatusFilterValue): readonly ExpressionStatus[] | null =>
  statusFilters.find((filter) => filter.value === value)?.statuses ?? null

/** The filter named in the page's address; all where it names none that there is. */
export const parseStatusFilter = (name: string | null): StatusFilterValue =>
  statusFilters.find(({ value }) => value === name)?.value ?? 'all'
