import { Link, Navigate, Outlet, useLocation, useSearchParams } from 'react-router'
import { useSessionState } from '../transport/contexts.ts'
import { Brand } from './Brand.tsx'
import { pageToReturnTo } from './return-address.ts'
import styles from './SignedOut.module.css'

/** The layout of signing in and signing up. Who is signed in already goes on to where they wanted to be. */
export function SignedOut() {
  const state = useSessionState()
  const [search] = useSearchParams()
  // What somebody wrote on the first page goes along.
  const { state: brought } = useLocation()
  if (state.status === 'signed-in') return <Navigate to={pageToReturnTo(search)} state={brought} replace />
  return (
    <div className={styles.layout}>
      <header className={styles.header}>
        <Link to="/welcome" className={styles.brand}>
          <Brand />
        </Link>
        <p className={styles.tagline}>Every operation is slow and expensive. Watch each one happen.</p>
      </header>
      <main className={styles.main}>
        <Outlet />
      </main>
    </div>
  )
}
