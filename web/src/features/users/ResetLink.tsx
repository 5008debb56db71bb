import { useState } from 'react'
import { useMutation } from 'urql'
import { basePath } from '../../base-path.ts'
import { Button } from '../../components/Button.tsx'
import { ShownOnce } from '../../components/ShownOnce.tsx'
import { graphql } from '../../graphql.ts'
import styles from './ResetLink.module.css'

const CreateResetLinkMutation = graphql(`
  mutation CreateResetLink($id: ID!) {
    createResetLink(input: { userId: $id }) {
      __typename
      ... on CreateResetLinkPayload {
        token
      }
      ... on Error {
        message
      }
    }
  }
`)

/** For a user who has forgotten the password: a link to hand over, shown this once. */
export function ResetLink({ id, email }: { id: string; email: string }) {
  const [token, setToken] = useState<string | null>(null)
  const [{ fetching, data, error }, create] = useMutation(CreateResetLinkMutation)
  const result = data?.createResetLink
  const problem = error ? 'The server did not answer.' : result && 'message' in result ? result.message : null

  async function onClick() {
    const { data } = await create({ id })
    if (data?.createResetLink.__typename === 'CreateResetLinkPayload') setToken(data.createResetLink.token)
  }

  return (
    <>
      <Button
        size="small"
        aria-label={`Reset the password of ${email}`}
        isBusy={fetching}
        onClick={() => void onClick()}
      >
        Reset password
      </Button>
      {problem !== null && (
        <p className={styles.wide} role="alert">
          {problem}
        </p>
      )}
      {token !== null && (
        <div className={styles.wide}>
          <ShownOnce
            name="link"
            text={`${location.origin}${basePath}/reset-password#${token}`}
            warning={`This link is shown only now. By it ${email} chooses a new password, once and within a day.`}
            onClose={() => setToken(null)}
          />
        </div>
      )}
    </>
  )
}
