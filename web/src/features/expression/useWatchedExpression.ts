import { useEffect, useEffectEvent } from 'react'
import { useSubscription } from 'urql'
import { graphql } from '../../graphql.ts'
import { LiveResultFragment } from './ResultPanel.tsx'

/** Only what changes: the source and the plan of a long expression would weigh down each event. */
const ExpressionSubscription = graphql(
  `
    subscription ExpressionChanged($id: ID!) {
      expressionChanged(id: $id) {
        id
        version
        status
        progress {
          completed
          total
        }
        error {
          code
          message
          span {
            position
            length
          }
        }
        startedAt
        finishedAt
        ...LiveResult_expression
      }
    }
  `,
  [LiveResultFragment],
)

/**
 * Keeps an expression as it is, from when it is there. Its owner is told that it was deleted, others are not: to them the server
 * only says that there is nothing to watch.
 * @param onGone nothing is told of it any longer
 */
export function useWatchedExpression(id: string | null, onGone: () => void): void {
  const [{ error }] = useSubscription({
    query: ExpressionSubscription,
    variables: { id: id ?? '' },
    pause: id === null,
  })
  const isGone = id !== null && error?.graphQLErrors[0]?.extensions['code'] === 'NOT_FOUND'
  const tell = useEffectEvent(onGone)
  useEffect(() => {
    if (isGone) tell()
  }, [isGone])
}
