import { useMutation } from 'urql'
import { ConfirmedButton } from '../../components/ConfirmedButton.tsx'
import { mutationProblem } from '../../components/mutation-problem.ts'
import { graphql } from '../../graphql.ts'
import { t } from '../../language/t.ts'

const ForgetAgentMutation = graphql(`
  mutation ForgetAgent($id: ID!) {
    forgetAgent(input: { id: $id }) {
      __typename
      ... on Agent {
        id
        version
        forgottenAt
      }
      ... on Error {
        code
        message
      }
    }
  }
`)

/** Takes an agent from the list that is gone. It is there again should it come back. */
export function ForgetButton({ id, name }: { id: string; name: string }) {
  const [{ fetching, data, error }, forget] = useMutation(ForgetAgentMutation)
  return (
    <ConfirmedButton
      action={t('Forget')}
      object={name}
      question={t('Take it from the list? Should it come back, it is here again.')}
      problem={mutationProblem(data?.forgetAgent, error)}
      isBusy={fetching}
      onConfirm={() => void forget({ id })}
    />
  )
}
