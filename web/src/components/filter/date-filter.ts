/** When something happened, in days of this browser's zone. Null for whenever. */
export type DateFilter =
  | { readonly kind: 'today' }
  | { readonly kind: 'week' }
  /** Both days included; null for no bound. As `2026-11-27`. */
  | { readonly kind: 'range'; readonly from: string | null; readonly to: string | null }

const dayPattern = /^\d{4}-\d{2}-\d{2}$/

/** As it stands in the page's address: `today`, `7d`, `2026-11-01..2026-11-27`, one of the days left out for no bound. */
export function parseDateFilter(text: string | null): DateFilter | null {
  if (text === 'today') return { kind: 'today' }
  if (text === '7d') return { kind: 'week' }
  const bounds = (text ?? '').split('..')
  if (bounds.length !== 2) return null
  const [from = null, to = null] = bounds.map((day) => (startOfDay(day) === null ? null : day))
  return from === null && to === null ? null : { kind: 'range', from, to }
}

export function writeDateFilter(filter: DateFilter | null): string | null {
  switch (filter?.kind) {
    case undefined:
      return null
    case 'today':
      return 'today'
    case 'week':
      return '7d'
    case 'range':
      return filter.from === null && filter.to === null ? null : `${filter.from ?? ''}..${filter.to ?? ''}`
    default:
      return filter satisfies never
  }
}

export interface TimeBounds {
  readonly from: string | null
  readonly before: string | null
}

/** @param now milliseconds */
export function timeBoundsOf(filter: DateFilter | null, now: number): TimeBounds {
  const today = new Date(now)
  switch (filter?.kind) {
    case undefined:
      return { from: null, before: null }
    case 'today':
      return { from: daysFrom(today, 0).toISOString(), before: null }
    case 'week':
      return { from: daysFrom(today, -6).toISOString(), before: null }
    case 'range': {
      const first = startOfDay(filter.from ?? '')
      const last = startOfDay(filter.to ?? '')
      return {
        from: first?.toISOString() ?? null,
        before: last === null ? null : daysFrom(last, 1).toISOString(),
      }
    }
    default:
      return filter satisfies never
  }
}

/** Midnight of a day; null for what is none, such as the 31st of June. */
function startOfDay(day: string): Date | null {
  if (!dayPattern.test(day)) return null
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const midnight = new Date(year, month - 1, date)
  const isDay = midnight.getFullYear() === year && midnight.getMonth() === month - 1 && midnight.getDate() === date
  return isDay ? midnight : null
}

/** Days differ in length where clocks are changed. */
const daysFrom = (date: Date, days: number): Date =>
  new Date(date.getFullYear(), date.getMonth(), date.getDate() + days)
