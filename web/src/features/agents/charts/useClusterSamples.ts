import { useEffect, useState } from 'react'
import { pipe, subscribe } from 'wonka'
import { graphql, type ResultOf } from '../../../graphql.ts'
import { useUncached } from '../../../transport/contexts.ts'

const ClusterSamplesSubscription = graphql(`
  subscription ClusterSamplesChanged {
    clusterSamplesChanged {
      at
      slots
      readyTasks
      runningTasks
      tasksPerSecond
      schedulingDelayMs
      byOperation {
        operation
        readyTasks
        runningTasks
        tasksPerSecond
      }
    }
  }
`)

export type Sample = ResultOf<typeof ClusterSamplesSubscription>['clusterSamplesChanged'][number]

const shownMs = 5 * 60_000

/** The last five minutes of the cluster, oldest first: the past by the server, then as it goes on. After a lost socket all comes anew. */
export function useClusterSamples(): readonly Sample[] {
  const client = useUncached()
  const [samples, setSamples] = useState<readonly Sample[]>([])
  useEffect(
    () =>
      pipe(
        client.subscription(ClusterSamplesSubscription, {}),
        subscribe(({ data }) => {
          if (data) setSamples((before) => withSamples(before, data.clusterSamplesChanged))
        }),
      ).unsubscribe,
    [client],
  )
  return samples
}

/** Another server may have seen other moments: what comes counts from its first moment on. Who was slow may be sent them out of order. */
export function withSamples(before: readonly Sample[], sent: readonly Sample[]): readonly Sample[] {
  const come = [...new Map(sent.map((sample) => [sample.at, sample])).values()].toSorted((a, b) =>
    a.at < b.at ? -1 : 1,
  )
  const [first, last] = [come[0], come.at(-1)]
  if (first === undefined || last === undefined) return before
  const oldest = Date.parse(last.at) - shownMs
  return [...before.filter(({ at }) => at < first.at), ...come].filter(({ at }) => Date.parse(at) >= oldest)
}
