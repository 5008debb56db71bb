import { useMutation } from 'urql'
import { Button } from '../../components/Button.tsx'
import { leaveFocus } from '../../components/leave-focus.ts'
import { mutationProblem } from '../../components/mutation-problem.ts'
import { graphql } from '../../graphql.ts'
import { t } from '../../language/t.ts'

const RetryExpressionMutation = graphql(`
  mutation RetryExpression($id: ID!) {
    retryExpression(input: { id: $id }) {
      __typename
      ... on Expression {
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
        finishedAt
      }
      ... on Error {
        code
        message
      }
    }
  }
`)

/** Gives the operations of a failed expression their attempts again. What was computed stays. */
export function RetryButton({ id }: { id: string }) {
  const [{ fetching, data, error }, retry] = useMutation(RetryExpressionMutation)
  const result = data?.retryExpression
  const problem = mutationProblem(result, error)
  return (
    <>
      {problem !== null && <span role="alert">{problem}</span>}
      <Button
        ref={leaveFocus}
        size="small"
        title={t('What was computed stays, the rest is tried again')}
        isBusy={fetching}
        onClick={() => void retry({ id })}
      >
        {t('Retry')}
      </Button>
    </>
  )
}
