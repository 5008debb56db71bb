import { useMutation } from 'urql'
import { Button } from '../../components/Button.tsx'
import { leaveFocus } from '../../components/leave-focus.ts'
import { mutationProblem } from '../../components/mutation-problem.ts'
import { graphql } from '../../graphql.ts'
import { t } from '../../language/t.ts'

const CancelExpressionMutation = graphql(`
  mutation CancelExpression($id: ID!) {
    cancelExpression(input: { id: $id }) {
      __typename
      ... on Expression {
        id
        version
        status
        finishedAt
      }
      ... on ExpressionFinishedError {
        expression {
          id
          version
          status
          finishedAt
        }
      }
      ... on Error {
        code
        message
      }
    }
  }
`)

/** Stops what is left of an expression. That it has finished meanwhile shows by itself, and the button goes. */
export function CancelButton({ id }: { id: string }) {
  const [{ fetching, data, error }, cancel] = useMutation(CancelExpressionMutation)
  const result = data?.cancelExpression
  const problem = mutationProblem(result, error)
  return (
    <>
      {problem !== null && <span role="alert">{problem}</span>}
      <Button ref={leaveFocus} size="small" look="danger" isBusy={fetching} onClick={() => void cancel({ id })}>
        {t('Cancel')}
      </Button>
    </>
  )
}
