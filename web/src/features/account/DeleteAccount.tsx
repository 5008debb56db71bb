import { useState, type FormEvent } from 'react'
import { useMutation } from 'urql'
import { Button } from '../../components/Button.tsx'
import { creationProblem } from '../../components/creation-problem.ts'
import { Panel } from '../../components/Panel.tsx'
import { TextField } from '../../components/TextField.tsx'
import { graphql } from '../../graphql.ts'
import { t } from '../../language/t.ts'
import { useSession } from '../../transport/contexts.ts'
import styles from './PasswordPanel.module.css'

const DeleteAccountMutation = graphql(`
  mutation DeleteAccount($password: String!) {
    deleteAccount(input: { password: $password }) {
      __typename
      ... on Error {
        code
        message
      }
      ... on InvalidInputError {
        fields {
          path
          message
        }
      }
    }
  }
`)

/** The password is asked for: what it does cannot be undone. */
export function DeleteAccount() {
  const session = useSession()
  const [isAsking, setAsking] = useState(false)
  const [{ fetching, data, error }, deleteAccount] = useMutation(DeleteAccountMutation)
  const problem = creationProblem(data?.deleteAccount, error)

  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (fetching) return
    const password = String(new FormData(event.currentTarget).get('password'))
    const { data } = await deleteAccount({ password })
    if (data?.deleteAccount.__typename === 'DeleteAccountPayload') await session.signOut()
  }

  return (
    <Panel title={t('Delete the account')}>
      <p>
        {t(
          'With all of its expressions and what was computed of them. What runs is cancelled. Nothing brings it back.',
        )}
      </p>
      {isAsking ? (
        <form className={styles.form} onSubmit={(event) => void onSubmit(event)} noValidate>
          <TextField
            label={t('Your password, to be sure')}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            autoFocus
            error={problem.ofField ?? problem.ofAll ?? undefined}
          />
          <div className={styles.buttons}>
            <Button type="submit" look="danger" isBusy={fetching}>
              {t('Delete for good')}
            </Button>
            <Button look="quiet" onClick={() => setAsking(false)}>
              {t('Keep it')}
            </Button>
          </div>
        </form>
      ) : (
        <div>
          <Button onClick={() => setAsking(true)}>{t('Delete the account …')}</Button>
        </div>
      )}
    </Panel>
  )
}
