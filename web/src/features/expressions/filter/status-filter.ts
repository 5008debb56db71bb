import type { ExpressionStatus } from '../../../graphql.ts'
import { msg, type Message } from '../../../language/t.ts'

export const statusFilters = [
  { value: 'all', label: msg('All'), statuses: null },
  { value: 'active', label: msg('Active'), statuses: ['QUEUED', 'RUNNING'] },
  { value: 'succeeded', label: msg('Succeeded'), statuses: ['SUCCEEDED'] },
  { value: 'failed', label: msg('Failed'), statuses: ['FAILED'] },
  { value: 'cancelled', label: msg('Cancelled'), statuses: ['CANCELLED'] },
] as const satisfies readonly { value: string; label: Message; statuses: readonly ExpressionStatus[] | null }[]

export type StatusFilterValue = (typeof statusFilters)[number]['value']

/** The statuses that a filter lets through; null for all of them. */
export const statusesOf = (value: StatusFilterValue): readonly ExpressionStatus[] | null =>
  statusFilters.find((filter) => filter.value === value)?.statuses ?? null

/** The filter named in the page's address; all where it names none that there is. */
export const parseStatusFilter = (name: string | null): StatusFilterValue =>
  statusFilters.find(({ value }) => value === name)?.value ?? 'all'
