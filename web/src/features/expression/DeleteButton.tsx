import { useMutation } from 'urql'
import { ConfirmedButton } from '../../components/ConfirmedButton.tsx'
import { mutationProblem } from '../../components/mutation-problem.ts'
import { graphql } from '../../graphql.ts'
import { t } from '../../language/t.ts'
import { useNavigate } from '../../routing/hooks.ts'

const DeleteExpressionMutation = graphql(`
  mutation DeleteExpression($id: ID!) {
    deleteExpression(input: { id: $id }) {
      __typename
      ... on DeleteExpressionPayload {
        deletedId
      }
      ... on Error {
        code
        message
      }
    }
  }
`)

/** Deletes an expression, one that runs too, and goes to the others, where it can be brought back. */
export function DeleteButton({ id }: { id: string }) {
  const navigate = useNavigate()
  const [{ fetching, data, error }, remove] = useMutation(DeleteExpressionMutation)
  const result = data?.deleteExpression
  const problem = mutationProblem(result, error)

  async function confirm() {
    const answer = await remove({ id })
    if (answer.data?.deleteExpression.__typename === 'DeleteExpressionPayload')
      await navigate('/', { replace: true, state: { deleted: id } })
  }

  return (
    <ConfirmedButton
      action={t('Delete')}
      object={t('expression')}
      question={t('Delete it? For an hour it can be brought back.')}
      problem={problem}
      isBusy={fetching}
      onConfirm={() => void confirm()}
    />
  )
}
