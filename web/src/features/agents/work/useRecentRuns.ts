import { useEffect, useState } from 'react'
import { pipe, subscribe } from 'wonka'
import { now } from '../../../clock.ts'
import { graphql } from '../../../graphql.ts'
import { useUncached } from '../../../transport/contexts.ts'
import { RecentRuns } from './recent-runs.ts'

const WorkSubscription = graphql(`
  subscription WorkChanged {
    workChanged {
      at
      isFirst
      runs {
        agentId
        operation
        startedAt
        endedAt
        isLost
        expressionId
      }
      running {
        agentId
        operation
        startedAt
        endedAt
        isLost
        expressionId
      }
      skipped
    }
  }
`)

export interface Recent {
  readonly runs: RecentRuns
  /** Rises with each event. */
  readonly events: number
  /** How far the page's clock is ahead of the server's after all, and what the way takes, in milliseconds. */
  readonly aheadMs: number
}

/** What all agents did lately, live; null until it is known. */
export function useRecentRuns(): Recent | null {
  const client = useUncached()
  const [recent, setRecent] = useState<Recent | null>(null)

  useEffect(() => {
    let runs = new RecentRuns()
    let events = 0
    return pipe(
      client.subscription(WorkSubscription, {}),
      subscribe(({ data, error }) => {
        // With an error comes what was told before it once more.
        if (!data || error) return
        const { at, isFirst } = data.workChanged
        if (isFirst) runs = new RecentRuns()
        runs.add(data.workChanged)
        setRecent({ runs, events: ++events, aheadMs: now() - Date.parse(at) })
      }),
    ).unsubscribe
  }, [client])

  return recent
}
