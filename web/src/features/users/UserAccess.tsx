import { useMutation } from 'urql'
import { Button } from '../../components/Button.tsx'
import { ConfirmedButton } from '../../components/ConfirmedButton.tsx'
import { mutationProblem } from '../../components/mutation-problem.ts'
import { graphql } from '../../graphql.ts'
import { t } from '../../language/t.ts'

const DisableUserMutation = graphql(`
  mutation DisableUser($id: ID!) {
    disableUser(input: { userId: $id }) {
      __typename
      ... on User {
        id
        version
        disabledAt
      }
      ... on Error {
        code
        message
      }
    }
  }
`)

const EnableUserMutation = graphql(`
  mutation EnableUser($id: ID!) {
    enableUser(input: { userId: $id }) {
      __typename
      ... on User {
        id
        version
        disabledAt
      }
      ... on Error {
        code
        message
      }
    }
  }
`)

interface Props {
  id: string
  email: string
  isDisabled: boolean
}

/** Keeps a user out, or lets them in again. */
export function UserAccess({ id, email, isDisabled }: Props) {
  const [disabled, disable] = useMutation(DisableUserMutation)
  const [enabled, enable] = useMutation(EnableUserMutation)
  const wasPressed = disabled.data !== undefined || enabled.data !== undefined
  if (!isDisabled)
    return (
      <ConfirmedButton
        action={t('Disable')}
        object={email}
        question={t('Sign them out, and let them in no more?')}
        problem={mutationProblem(disabled.data?.disableUser, disabled.error)}
        isBusy={disabled.fetching}
        takesFocus={wasPressed}
        onConfirm={() => void disable({ id })}
      />
    )
  const problem = mutationProblem(enabled.data?.enableUser, enabled.error)
  return (
    <>
      <Button
        size="small"
        aria-label={t('Enable {email}', { email })}
        autoFocus={wasPressed}
        isBusy={enabled.fetching}
        onClick={() => void enable({ id })}
      >
        {t('Enable')}
      </Button>
      {problem !== null && <span role="alert">{problem}</span>}
    </>
  )
}
