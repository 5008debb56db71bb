/** How long expressions took from their start to their end, in milliseconds, both bounds included; null for no bound. */
export interface DurationFilter {
  readonly minMs: number | null
  readonly maxMs: number | null
}

/** As far as a GraphQL Int goes: 24 days. */
export const longestMs = 2 ** 31 - 1

/** As it stands in the page's address: `1000..60000`, one of them left out for no bound. */
export function parseDurationFilter(text: string | null): DurationFilter | null {
  const bounds = (text ?? '').split('..')
  if (bounds.length !== 2) return null
  const [minMs = null, maxMs = null] = bounds.map((bound) =>
    /^\d{1,10}$/.test(bound) && Number(bound) <= longestMs ? Number(bound) : null,
  )
  return minMs === null && maxMs === null ? null : { minMs, maxMs }
}

export const writeDurationFilter = (filter: DurationFilter | null): string | null =>
  filter === null || (filter.minMs === null && filter.maxMs === null)
    ? null
    : `${filter.minMs ?? ''}..${filter.maxMs ?? ''}`
