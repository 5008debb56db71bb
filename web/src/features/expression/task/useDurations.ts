import { useMemo } from 'react'
import { useQuery } from 'urql'
import { graphql } from '../../../graphql.ts'

const DurationsQuery = graphql(`
  query Durations {
    operations {
      id
      version
      name
      durationMs
    }
  }
`)

/** How long each operation takes by its name, in milliseconds, as of when the page was opened: what runs keeps its own. */
export type Durations = ReadonlyMap<string, number>

export function useDurations(): Durations {
  const [{ data }] = useQuery({ query: DurationsQuery, requestPolicy: 'cache-and-network' })
  return useMemo(() => new Map(data?.operations.map(({ name, durationMs }) => [name, durationMs])), [data])
}
