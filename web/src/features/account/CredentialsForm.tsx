import { useState, type FormEvent } from 'react'
import { Button } from '../../components/Button.tsx'
import { Notice } from '../../components/Notice.tsx'
import { serverText } from '../../components/server-text.tsx'
import { TextField } from '../../components/TextField.tsx'
import { t } from '../../language/t.ts'
import type { Credentials, CredentialsOutcome } from '../../transport/session.ts'
import { problemOf } from './problems.ts'
import styles from './CredentialsForm.module.css'

interface Props {
  action: string
  passwordHint?: string
  passwordAutoComplete: 'current-password' | 'new-password'
  /** On success the session begins, and the page is left. */
  submit: (credentials: Credentials) => Promise<CredentialsOutcome>
}

/** Email and password, with what was wrong with them in its place. */
export function CredentialsForm({ action, passwordHint, passwordAutoComplete, submit }: Props) {
  const [outcome, setOutcome] = useState<CredentialsOutcome | null>(null)
  const [isBusy, setBusy] = useState(false)

  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (isBusy) return
    const form = new FormData(event.currentTarget)
    setBusy(true)
    setOutcome(await submit({ email: String(form.get('email')), password: String(form.get('password')) }))
    setBusy(false)
  }

  const email = outcome?.__typename === 'EmailTakenError' ? serverText(outcome) : problemOf(outcome, 'email')
  const password = problemOf(outcome, 'password')
  const problem = email === undefined && password === undefined ? problemOf(outcome) : undefined
  return (
    <form className={styles.form} onSubmit={(event) => void onSubmit(event)} noValidate>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <TextField
        label={t('Email')}
        name="email"
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        autoFocus
        error={email}
      />
      <TextField
        label={t('Password')}
        name="password"
        type="password"
        autoComplete={passwordAutoComplete}
        required
        hint={passwordHint}
        error={password}
      />
      <Button type="submit" look="primary" isBusy={isBusy}>
        {action}
      </Button>
    </form>
  )
}
