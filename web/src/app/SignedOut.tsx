import { LanguageSwitch } from '../language/LanguageSwitch.tsx'
import { t } from '../language/t.ts'
import { Link } from '../routing/Link.tsx'
import { Navigate } from '../routing/Navigate.tsx'
import { Outlet } from '../routing/RouterView.tsx'
import { useLocation } from '../routing/hooks.ts'
import { useSessionState } from '../transport/contexts.ts'
import { Brand } from './Brand.tsx'
import { ErrorPage } from './ErrorPage.tsx'
import { pageToReturnTo } from './return-address.ts'
import styles from './SignedOut.module.css'

/** The layout of signing in and signing up. Who is signed in already goes on to where they wanted to be. */
export function SignedOut() {
  const state = useSessionState()
  // What somebody wrote on the first page goes along.
  const { search, state: brought } = useLocation()
  if (state.status === 'signed-in') return <Navigate to={pageToReturnTo(new URLSearchParams(search))} state={brought} />
  return (
    <div className={styles.layout}>
      <header className={styles.header}>
        <Link to="/welcome" className={styles.brand}>
          <Brand />
        </Link>
        <p className={styles.tagline}>{t('Every operation is slow and expensive. Watch each one happen.')}</p>
      </header>
      <main className={styles.main}>
        <Outlet failed={ErrorPage} />
      </main>
      <footer>
        <LanguageSwitch />
      </footer>
    </div>
  )
}
