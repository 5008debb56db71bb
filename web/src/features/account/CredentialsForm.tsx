import { useState, type FormEvent } from 'react'
import { Button } from '../../components/Button.tsx'
import { Notice } from '../../components/Notice.tsx'
import { TextField } from '../../components/TextField.tsx'
import { plural } from '../../format/number.ts'
import type { Credentials, CredentialsOutcome } from '../../transport/session.ts'
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

  const problems = describe(outcome)
  return (
    <form className={styles.form} onSubmit={(event) => void onSubmit(event)} noValidate>
      {problems.form !== undefined && <Notice tone="error">{problems.form}</Notice>}
      <TextField
        label="Email"
        name="email"
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        autoFocus
        error={problems.email}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete={passwordAutoComplete}
        required
        hint={passwordHint}
        error={problems.password}
      />
      <Button type="submit" look="primary" isBusy={isBusy}>
        {action}
      </Button>
    </form>
  )
}

interface Problems {
  readonly form?: string
  readonly email?: string | undefined
  readonly password?: string | undefined
}

function describe(outcome: CredentialsOutcome | null): Problems {
  if (outcome === null) return {}
  switch (outcome.__typename) {
    case 'SignedIn':
      return {}
    case 'Unreachable':
      return { form: 'The server does not answer. Please try again in a moment.' }
    case 'RateLimitedError':
      return { form: `${outcome.message} Try again in ${plural(outcome.retryAfterSeconds, 'second')}.` }
    case 'InvalidCredentialsError':
      return { form: outcome.message }
    case 'EmailTakenError':
      return { email: outcome.message }
    case 'InvalidInputError': {
      const problemOf = (name: string) => outcome.fields.find(({ path }) => path.split('.').at(-1) === name)?.message
      const email = problemOf('email')
      const password = problemOf('password')
      return email === undefined && password === undefined ? { form: outcome.message } : { email, password }
    }
    default:
      return outcome satisfies never
  }
}
