import { useState } from 'react'
import { useMutation } from 'urql'
import { basePath } from '../../base-path.ts'
import { Button } from '../../components/Button.tsx'
import { mutationProblem } from '../../components/mutation-problem.ts'
import { ShownOnce } from '../../components/ShownOnce.tsx'
import { graphql } from '../../graphql.ts'
import { t } from '../../language/t.ts'
import styles from './ResetLink.module.css'

const CreateResetLinkMutation = graphql(`
  mutation CreateResetLink($id: ID!) {
    createResetLink(input: { userId: $id }) {
      __typename
      ... on CreateResetLinkPayload {
        token
      }
      ... on Error {
        code
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
  const problem = mutationProblem(result, error)

  async function onClick() {
    const { data } = await create({ id })
    if (data?.createResetLink.__typename === 'CreateResetLinkPayload') setToken(data.createResetLink.token)
  }

  return (
    <>
      <Button
        size="small"
        aria-label={t('Reset the password of {email}', { email })}
        isBusy={fetching}
        onClick={() => void onClick()}
      >
        {t('Reset password')}
      </Button>
      {problem !== null && (
        <p className={styles.wide} role="alert">
          {problem}
        </p>
      )}
      {token !== null && (
        <div className={styles.wide}>
          <ShownOnce
            name={t('link')}
            text={`${location.origin}${basePath}/reset-password#${token}`}
            warning={t('This link is shown only now. By it {email} chooses a new password, once and within a day.', {
              email,
            })}
            onClose={() => setToken(null)}
          />
        </div>
      )}
    </>
  )
}
