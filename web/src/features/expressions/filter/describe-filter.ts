import { formatDuration } from '../../../format/duration.ts'
import { formatDate } from '../../../format/time.ts'
import { t } from '../../../language/t.ts'
import type { DateFilter } from '../../../components/filter/date-filter.ts'
import type { DurationFilter } from './duration-filter.ts'
import type { ListFilter } from './list-filter.ts'
import { statusFilters } from './status-filter.ts'

/** One thing by which expressions are left out. */
export interface FilterPart {
  readonly name: string
  /** The filter without it. */
  readonly without: ListFilter
}

/** In the order of the page's controls. */
export function partsOf(filter: ListFilter): readonly FilterPart[] {
  const { text, status, date, duration } = filter
  const label = statusFilters.find(({ value }) => value === status)?.label
  return [
    ...(text === '' ? [] : [{ name: t('Contains {text}', { text }), without: { ...filter, text: '' } }]),
    ...(status === 'all' || label === undefined
      ? []
      : [{ name: t(label), without: { ...filter, status: 'all' as const } }]),
    ...(date === null ? [] : [{ name: dateName(date), without: { ...filter, date: null } }]),
    ...(duration === null ? [] : [{ name: durationName(duration), without: { ...filter, duration: null } }]),
  ]
}

function dateName(filter: DateFilter): string {
  switch (filter.kind) {
    case 'today':
      return t('Today')
    case 'week':
      return t('Last 7 days')
    case 'range': {
      const [from, to] = [filter.from, filter.to].map((day) => day && formatDate(`${day}T12:00`))
      if (!to) return t('From {from}', { from: from ?? '' })
      return from ? `${from} – ${to}` : t('Until {to}', { to })
    }
    default:
      return filter satisfies never
  }
}

function durationName({ minMs, maxMs }: DurationFilter): string {
  if (maxMs === null) return t('{duration} or longer', { duration: formatDuration(minMs ?? 0) })
  if (minMs === null) return t('{duration} or shorter', { duration: formatDuration(maxMs) })
  return `${formatDuration(minMs)} – ${formatDuration(maxMs)}`
}
