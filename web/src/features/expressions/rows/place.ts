import type { ListOrder } from '../filter/list-order.ts'
import { durationMs, type Row } from './row.ts'

/** Where an expression stands in the order of its list. */
export interface Place {
  readonly id: string
  /** Milliseconds of the end or of the duration; in the order of submission 0, where the id tells. */
  readonly key: number
}

export function placeOf(order: ListOrder, row: Row): Place {
  switch (order.field) {
    case 'SUBMITTED':
      return { id: row.id, key: 0 }
    case 'FINISHED':
      return { id: row.id, key: Date.parse(row.finishedAt ?? '') }
    case 'DURATION':
      return { id: row.id, key: durationMs(row) ?? 0 }
    default:
      return order satisfies never
  }
}

/** Ids hold one of version 7, which begins with the time of submission; their encoding does not keep the order. */
export const comparing =
  ({ direction }: ListOrder) =>
  (a: Place, b: Place): number => {
    const difference = a.key - b.key || compareTexts(decoded(a.id), decoded(b.id))
    return direction === 'ASC' ? difference : -difference
  }

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function decoded(id: string): string {
  try {
    return atob(id)
  } catch {
    return id
  }
}

/** The index of the first place that does not come before this one. */
export function indexIn(places: readonly Place[], place: Place, compare: (a: Place, b: Place) => number): number {
  let low = 0
  let high = places.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const other = places[middle]
    if (other && compare(other, place) < 0) low = middle + 1
    else high = middle
  }
  return low
}
