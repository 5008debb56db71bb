import { Suspense, useState, type FormEvent } from 'react'
import { Button } from '../components/Button.tsx'
import { Skeleton } from '../components/Skeleton.tsx'
import { TextField } from '../components/TextField.tsx'
import { lazyPart } from '../components/lazy-part.tsx'
import { useIsRegistrationOpen } from '../features/account/useIsRegistrationOpen.ts'
import { withTexts } from '../language/language.ts'
import { LanguageSwitch } from '../language/LanguageSwitch.tsx'
import { t, tx } from '../language/t.ts'
import { Link } from '../routing/Link.tsx'
import { Navigate } from '../routing/Navigate.tsx'
import { useNavigate } from '../routing/hooks.ts'
import { useSessionState } from '../transport/contexts.ts'
import { Brand } from './Brand.tsx'
import styles from './WelcomePage.module.css'

/** It brings the graph and the timeline along, for which the words need not wait. */
const RecordedExpression = lazyPart(() =>
  withTexts(['expression'], () => import('../features/expression/recorded/RecordedExpression.tsx')),
)

/** For those who are not signed in: what Reckon does, shown, and the way to an expression of their own. See docs/decisions/0042. */
export function WelcomePage() {
  const state = useSessionState()
  const isOpen = useIsRegistrationOpen()
  if (state.status === 'signed-in') return <Navigate to="/" />
  return (
    <div className={styles.page}>
      <title>Reckon</title>
      <header className={styles.header}>
        <Brand />
        <nav className={styles.links} aria-label={t('Account')}>
          <Link to="/sign-in">{t('Sign in')}</Link>
          {isOpen !== false && <Link to="/sign-up">{t('Create an account')}</Link>}
          <LanguageSwitch />
        </nav>
      </header>
      <main className={styles.main}>
        <section className={styles.pitch}>
          <h1>{t('Watch a calculation happen')}</h1>
          <p>
            {t(
              'Every operation is slow and expensive. Reckon has many machines compute an expression, shows each operation as it happens, and loses nothing when a machine is lost.',
            )}
          </p>
        </section>
        <section className={styles.own} aria-label={t('Your own')}>
          {isOpen === false ? (
            <p>
              {tx('Here one registers with an invitation. Open its link, or <link>sign in</link>.', {
                link: (inside) => <Link to="/sign-in">{inside}</Link>,
              })}
            </p>
          ) : (
            <OwnExpression />
          )}
        </section>
        <section className={styles.recording} aria-labelledby="recording">
          <header>
            <h2 id="recording">{t('This one was really computed')}</h2>
            <p className={styles.note}>
              {t(
                'By three agents, of which one was killed on the way. This is a recording, played in your browser: point at anything, or go to any moment of it.',
              )}
            </p>
          </header>
          <Suspense fallback={<Skeleton height="36rem" />}>
            <RecordedExpression />
          </Suspense>
        </section>
      </main>
    </div>
  )
}

/** The first of two steps: it is evaluated as soon as there is an account. */
function OwnExpression() {
  const [source, setSource] = useState('')
  const navigate = useNavigate()

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    void navigate('/sign-up', { state: source.trim() === '' ? null : { evaluate: source } })
  }

  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <TextField
        label={t('Now one of yours')}
        placeholder="sum(k = 1..20, 1/k^2)"
        hint={t('Then choose an email and a password, and it runs. Nothing is sent to the address.')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={source}
        onChange={(event) => setSource(event.target.value)}
      />
      <Button type="submit" look="primary">
        {t('Evaluate it')}
      </Button>
    </form>
  )
}
