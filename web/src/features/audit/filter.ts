import { parseDateFilter, timeBoundsOf, writeDateFilter, type DateFilter } from '../../components/filter/date-filter.ts'
import type { AuditEventKind } from '../../graphql.ts'
import { kindsNamed } from './kinds.ts'

/** Which events are listed. It stands in the page's address. */
export interface AuditFilter {
  /** A group of kinds, or one; empty for all. */
  readonly kind: string
  /** The id of who did it; empty for anybody. */
  readonly person: string
  readonly date: DateFilter | null
}

/** As the server takes an id. */
const longestId = 200

export function readFilter(address: URLSearchParams): AuditFilter {
  const kind = address.get('kind')
  return {
    kind: kind !== null && kindsNamed(kind) ? kind : '',
    person: (address.get('by') ?? '').slice(0, longestId),
    date: parseDateFilter(address.get('date')),
  }
}

/** The address of a filter, with nothing of what is let through anyway. */
export function writeFilter({ kind, person, date }: AuditFilter): Record<string, string> {
  const written = { kind, by: person, date: writeDateFilter(date) ?? '' }
  return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== ''))
}

export const isFiltering = (filter: AuditFilter): boolean => Object.keys(writeFilter(filter)).length > 0

/** A filter as the server takes it. */
export interface FilterVariable {
  readonly kinds: AuditEventKind[] | null
  readonly actor: string | null
  readonly from: string | null
  readonly before: string | null
}

/** @param now milliseconds, by which it is known which day is today */
export const variableOf = ({ kind, person, date }: AuditFilter, now: number): FilterVariable => ({
  kinds: kindsNamed(kind),
  actor: person || null,
  ...timeBoundsOf(date, now),
})
