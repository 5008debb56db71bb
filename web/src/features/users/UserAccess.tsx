import { useMutation } from 'urql'
import { Button } from '../../components/Button.tsx'
import { ConfirmedButton } from '../../components/ConfirmedButton.tsx'
import { graphql } from '../../graphql.ts'

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
        action="Disable"
        object={email}
        question="Sign them out, and let them in no more?"
        problem={disabled.error ? unanswered : messageOf(disabled.data?.disableUser)}
        isBusy={disabled.fetching}
        takesFocus={wasPressed}
        onConfirm={() => void disable({ id })}
      />
    )
  const problem = enabled.error ? unanswered : messageOf(enabled.data?.enableUser)
  return (
    <>
      <Button
        size="small"
        aria-label={`Enable ${email}`}
        autoFocus={wasPressed}
        isBusy={enabled.fetching}
        onClick={() => void enable({ id })}
      >
        Enable
      </Button>
      {problem !== null && <span role="alert">{problem}</span>}
    </>
  )
}

const unanswered = 'The server did not answer.'

const messageOf = (result: object | undefined): string | null =>
  result && 'message' in result ? String(result.message) : null
