import type { ExpressionStatus } from '../../graphql.ts'
import { parseStatusFilter, statusesOf, type StatusFilterValue } from './status-filter.ts'

/** Which expressions are listed. It stands in the page's address. */
export interface ListFilter {
  readonly status: StatusFilterValue
  /** What the source contains; empty for any. */
  readonly text: string
}

/** As the server takes it; a longer text it refuses. */
export const longestText = 100

export const readFilter = (address: URLSearchParams): ListFilter => ({
  status: parseStatusFilter(address.get('status')),
  text: (address.get('q') ?? '').slice(0, longestText),
})

/** The address of a filter, with nothing of what is let through anyway. */
export const writeFilter = ({ status, text }: ListFilter): Record<string, string> => ({
  ...(status === 'all' ? {} : { status }),
  ...(text === '' ? {} : { q: text }),
})

/** Null where all are listed: they come without a search. */
export function variableOf({ status, text }: ListFilter) {
  const statuses: readonly ExpressionStatus[] | null = statusesOf(status)
  if (statuses === null && text === '') return null
  return { statuses: statuses && [...statuses], sourceContains: text === '' ? null : text }
}
