import { useNavigate } from 'react-router'
import { useMutation } from 'urql'
import { ConfirmedButton } from '../../components/ConfirmedButton.tsx'
import { mutationProblem } from '../../components/mutation-problem.ts'
import { graphql } from '../../graphql.ts'

const DeleteExpressionMutation = graphql(`
  mutation DeleteExpression($id: ID!) {
    deleteExpression(input: { id: $id }) {
      __typename
      ... on DeleteExpressionPayload {
        deletedId
      }
      ... on Error {
        message
      }
    }
  }
`)

/** Deletes an expression, one that runs too, and goes to the others. */
export function DeleteButton({ id }: { id: string }) {
  const navigate = useNavigate()
  const [{ fetching, data, error }, remove] = useMutation(DeleteExpressionMutation)
  const result = data?.deleteExpression
  const problem = mutationProblem(result, error)

  async function confirm() {
    const answer = await remove({ id })
    if (answer.data?.deleteExpression.__typename === 'DeleteExpressionPayload') await navigate('/', { replace: true })
  }

  return (
    <ConfirmedButton
      action="Delete"
      object="expression"
      question="Delete it for good?"
      problem={problem}
      isBusy={fetching}
      onConfirm={() => void confirm()}
    />
  )
}
