import { useEffect, useState } from 'react'
import { useClient, type CombinedError } from 'urql'
import { pipe, subscribe } from 'wonka'
import { graphql, type ResultOf } from '../../graphql.ts'
import { PlanSummaryFragment } from './PlanSummary.tsx'
import { SourceProblemFragment } from './SourceProblem.tsx'
import { PlanTreeFragment } from './tree/plan-tree-fragment.ts'

const PlanExpressionQuery = graphql(
  `
    query PlanExpression($source: String!, $regroup: Boolean!) {
      planExpression(source: $source, regroup: $regroup) {
        __typename
        ... on Plan {
          operationCount
          ...PlanTree_plan
          failure {
            message
          }
        }
        ...PlanSummary_plan
        ...SourceProblem_error
      }
    }
  `,
  [PlanSummaryFragment, PlanTreeFragment, SourceProblemFragment],
)

export interface PlanPreview {
  /** What was planned: an answer about another source than the one in the form is out of date. */
  readonly source: string
  readonly outcome:
    | ResultOf<typeof PlanExpressionQuery>['planExpression']
    /** The server could not tell. */
    | { readonly __typename: 'Unanswered'; readonly error: CombinedError }
}

const debounceMs = 150

/** What the server would make of a source, asked once typing has paused. An answer that was overtaken never shows. */
export function usePlanPreview(source: string, regroup: boolean): PlanPreview | null {
  const client = useClient()
  const [preview, setPreview] = useState<PlanPreview | null>(null)
  const isEmpty = source.trim() === ''

  useEffect(() => {
    if (isEmpty) return
    let unsubscribe = () => {}
    const timer = setTimeout(() => {
      // The network, because a plan's times change with the durations of the operations.
      const results = client.query(PlanExpressionQuery, { source, regroup }, { requestPolicy: 'network-only' })
      unsubscribe = pipe(
        results,
        subscribe(({ data, error }) => {
          if (data) setPreview({ source, outcome: data.planExpression })
          // Of the network the page tells elsewhere.
          else if (error?.graphQLErrors.length) setPreview({ source, outcome: { __typename: 'Unanswered', error } })
        }),
      ).unsubscribe
    }, debounceMs)
    return () => {
      clearTimeout(timer)
      unsubscribe()
    }
  }, [client, source, regroup, isEmpty])

  return isEmpty ? null : preview
}
