import { useState, type FormEvent } from 'react'
import { Button } from '../../components/Button.tsx'
import { Notice } from '../../components/Notice.tsx'
import { TextField } from '../../components/TextField.tsx'
import { t } from '../../language/t.ts'
import { Link } from '../../routing/Link.tsx'
import { useLocation } from '../../routing/hooks.ts'
import { useSession } from '../../transport/contexts.ts'
import type { CredentialsOutcome } from '../../transport/session.ts'
import { AccountCard } from './AccountCard.tsx'
import styles from './CredentialsForm.module.css'
import { problemOf } from './problems.ts'

/** Where the link leads that an admin makes: a new password for its user, who is signed in by that. */
export function ResetPasswordPage() {
  const session = useSession()
  const { hash } = useLocation()
  // As it was on arrival: a link within the page leaves it out.
  const [token] = useState(() => hash.slice(1))
  const [outcome, setOutcome] = useState<CredentialsOutcome | null>(null)
  const [isBusy, setBusy] = useState(false)

  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (isBusy) return
    const form = new FormData(event.currentTarget)
    setBusy(true)
    setOutcome(await session.resetPassword({ token, newPassword: String(form.get('new')) }))
    setBusy(false)
  }

  const problem = problemOf(outcome, 'newPassword')
  const other = problem === undefined ? problemOf(outcome) : undefined
  return (
    <AccountCard title={t('Choose a new password')} footer={<Link to="/sign-in">{t('Sign in')}</Link>}>
      <title>{t('Choose a new password · Reckon')}</title>
      {token === '' ? (
        <Notice tone="info">
          {t('Open the whole link that an admin gave you: what stands after the # is missing.')}
        </Notice>
      ) : (
        <form className={styles.form} onSubmit={(event) => void onSubmit(event)} noValidate>
          {other !== undefined && <Notice tone="error">{other}</Notice>}
          <TextField
            label={t('New password')}
            name="new"
            type="password"
            autoComplete="new-password"
            required
            autoFocus
            hint={t(
              'At least 8 characters, such as a few words of your own. Whoever is signed in to your account is signed out.',
            )}
            error={problem}
          />
          <Button type="submit" look="primary" isBusy={isBusy}>
            {t('Set password')}
          </Button>
        </form>
      )}
    </AccountCard>
  )
}
