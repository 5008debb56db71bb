import {
  parseDateFilter,
  timeBoundsOf,
  writeDateFilter,
  type DateFilter,
} from '../../../components/filter/date-filter.ts'
import type { ExpressionStatus } from '../../../graphql.ts'
import { parseDurationFilter, writeDurationFilter, type DurationFilter } from './duration-filter.ts'
import { orderNamed, type ListOrderValue } from './list-order.ts'
import { parseStatusFilter, statusesOf, type StatusFilterValue } from './status-filter.ts'

/** Which expressions are listed, and in which order. It stands in the page's address. */
export interface ListFilter {
  readonly status: StatusFilterValue
  /** What the source contains; empty for any. */
  readonly text: string
  readonly date: DateFilter | null
  readonly duration: DurationFilter | null
  readonly order: ListOrderValue
}

/** As the server takes it; a longer text it refuses. */
export const longestText = 100

export const readFilter = (address: URLSearchParams): ListFilter => ({
  status: parseStatusFilter(address.get('status')),
  text: (address.get('q') ?? '').slice(0, longestText),
  date: parseDateFilter(address.get('date')),
  duration: parseDurationFilter(address.get('took')),
  order: orderNamed(address.get('order')).value,
})

/** The address of a filter, with nothing of what is let through anyway. */
export function writeFilter({ status, text, date, duration, order }: ListFilter): Record<string, string> {
  const written = {
    status: status === 'all' ? null : status,
    q: text === '' ? null : text,
    date: writeDateFilter(date),
    took: writeDurationFilter(duration),
    order: order === 'newest' ? null : order,
  }
  return Object.fromEntries(Object.entries(written).flatMap(([name, value]) => (value === null ? [] : [[name, value]])))
}

/** A filter as the server takes it. */
export interface FilterVariable {
  readonly submittedFrom: string | null
  readonly submittedBefore: string | null
  readonly statuses: ExpressionStatus[] | null
  readonly sourceContains: string | null
  readonly minDurationMs: number | null
  readonly maxDurationMs: number | null
  readonly finishedFrom: string | null
}

/**
 * What has not ended has no place in some orders: left out by the filter, too, it is not counted, and nothing is done to it with all others.
 * @param now milliseconds, by which it is known which day is today; null where all are listed, which come without a search
 */
export function variableOf(filter: ListFilter, now: number): FilterVariable | null {
  const { status, text, date, duration, order } = filter
  const { field } = orderNamed(order)
  if (!isFiltering(filter) && field === 'SUBMITTED') return null
  const statuses: readonly ExpressionStatus[] | null = statusesOf(status)
  const { from, before } = timeBoundsOf(date, now)
  return {
    submittedFrom: from,
    submittedBefore: before,
    statuses: statuses && [...statuses],
    sourceContains: text === '' ? null : text,
    minDurationMs: duration?.minMs ?? (field === 'DURATION' ? 0 : null),
    maxDurationMs: duration?.maxMs ?? null,
    finishedFrom: field === 'FINISHED' ? new Date(0).toISOString() : null,
  }
}

/** Whether anything is left out. */
export const isFiltering = ({ status, text, date, duration }: ListFilter): boolean =>
  status !== 'all' || text !== '' || date !== null || duration !== null
