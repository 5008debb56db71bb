import { useEffect, useState } from 'react'
import { pipe, subscribe } from 'wonka'
import { now } from '../../../clock.ts'
import { graphql, type ResultOf } from '../../../graphql.ts'
import { useUncached } from '../../../transport/contexts.ts'

const PredictionSubscription = graphql(`
  subscription PredictionChanged($expressionId: ID!) {
    predictionChanged(expressionId: $expressionId) {
      madeAt
      finishAt
      waitsFor
      assignedTasks
      readyTasks
      waitingTasks
      retryAt
      ownTasksBefore
      othersTasksBefore
      slots
    }
  }
`)

export type PredictionData = NonNullable<ResultOf<typeof PredictionSubscription>['predictionChanged']>

export interface Prediction extends PredictionData {
  /** How far the page's clock is ahead of the server's after all, and what the way takes, in milliseconds. */
  readonly aheadMs: number
}

/** When an expression will be finished, as it gets known better; null before anything is known, and once it has ended. */
export function usePrediction(expressionId: string, isUnfinished: boolean): Prediction | null {
  const client = useUncached()
  const [prediction, setPrediction] = useState<Prediction | null>(null)

  useEffect(() => {
    if (!isUnfinished) return
    return pipe(
      client.subscription(PredictionSubscription, { expressionId }),
      subscribe(({ data, error }) => {
        const told = data?.predictionChanged
        if (data && !error) setPrediction(told ? { ...told, aheadMs: now() - Date.parse(told.madeAt) } : null)
      }),
    ).unsubscribe
  }, [client, expressionId, isUnfinished])

  return isUnfinished ? prediction : null
}
