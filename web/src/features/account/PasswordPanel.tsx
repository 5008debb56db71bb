import { useRef, useState, type FormEvent } from 'react'
import { Button } from '../../components/Button.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { serverText } from '../../components/server-text.tsx'
import { TextField } from '../../components/TextField.tsx'
import { t } from '../../language/t.ts'
import { useSession, useSessionState } from '../../transport/contexts.ts'
import type { CredentialsOutcome } from '../../transport/session.ts'
import { problemOf } from './problems.ts'
import styles from './PasswordPanel.module.css'

/** Changes the password; whoever is signed in elsewhere is signed out by it. */
export function PasswordPanel() {
  const session = useSession()
  const state = useSessionState()
  const [outcome, setOutcome] = useState<CredentialsOutcome | null>(null)
  const [isBusy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)

  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (isBusy) return
    const given = new FormData(event.currentTarget)
    setBusy(true)
    const result = await session.changePassword({
      currentPassword: String(given.get('current')),
      newPassword: String(given.get('new')),
    })
    setBusy(false)
    setOutcome(result)
    if (result.__typename === 'SignedIn') form.current?.reset()
  }

  const isWrong = outcome?.__typename === 'WrongPasswordError'
  const newProblem = problemOf(outcome, 'newPassword')
  const currentProblem = isWrong ? serverText(outcome) : problemOf(outcome, 'currentPassword')
  const problem = isWrong || newProblem || currentProblem ? undefined : problemOf(outcome)
  return (
    <Panel title={t('Password')}>
      <form ref={form} className={styles.form} onSubmit={(event) => void onSubmit(event)} noValidate>
        {problem !== undefined && <Notice tone="error">{problem}</Notice>}
        {outcome?.__typename === 'SignedIn' && (
          <Notice tone="info">
            {t('Your password is changed. Whoever else was signed in to your account no longer is.')}
          </Notice>
        )}
        {/* For password managers: whose password it is. */}
        <input
          type="email"
          autoComplete="username"
          value={state.status === 'signed-in' ? state.user.email : ''}
          readOnly
          hidden
        />
        <TextField
          label={t('Current password')}
          name="current"
          type="password"
          autoComplete="current-password"
          required
          error={currentProblem}
        />
        <TextField
          label={t('New password')}
          name="new"
          type="password"
          autoComplete="new-password"
          required
          hint={t('At least 8 characters, such as a few words of your own.')}
          error={newProblem}
        />
        <div>
          <Button type="submit" look="primary" isBusy={isBusy}>
            {t('Change password')}
          </Button>
        </div>
      </form>
    </Panel>
  )
}
