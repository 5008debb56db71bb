import { useMemo } from 'react'
import { useQuery } from 'urql'
import { useIsShared } from '../shared.ts'
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

export function useDurations(tasks: readonly TimedTask[] | null): Durations {
  const isShared = useIsShared()
  const [{ data }] = useQuery({ query: DurationsQuery, requestPolicy: 'cache-and-network', pause: isShared })
  return useMemo(
    () =>
      isShared ? seenDurations(tasks ?? []) : new Map(data?.operations?.map((each) => [each.name, each.durationMs])),
    [isShared, tasks, data],
  )
}

interface TimedTask {
  readonly operation: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
}

/** Who may not ask for them goes by how long operations took here. */
function seenDurations(tasks: readonly TimedTask[]): Durations {
  const durations = new Map<string, number>()
  for (const { operation, startedAt, finishedAt } of tasks)
    if (startedAt !== null && finishedAt !== null && !durations.has(operation))
      durations.set(operation, Date.parse(finishedAt) - Date.parse(startedAt))
  return durations
}
