import type { Exchange } from '@urql/core'
import { map, pipe } from 'wonka'
import type { Freshness } from './freshness.ts'

/** Stands before the cache, which takes whatever comes last for the newest. */
export const freshnessExchange =
  (freshness: Freshness): Exchange =>
  ({ forward }) =>
  (operations) =>
    pipe(
      forward(operations),
      map((result) => ({ ...result, data: freshness.freshen(result.data) })),
    )
