import { Navigate, Outlet, useSearchParams } from 'react-router'
import { useSessionState } from '../transport/contexts.ts'
import { Brand } from './Brand.tsx'
import { pageToReturnTo } from './return-address.ts'
import styles from './SignedOut.module.css'

/** The layout of signing in and signing up. Who is signed in already goes on to where they wanted to be. */
export function SignedOut() {
  const state = useSessionState()
  const [search] = useSearchParams()
  if (state.status === 'signed-in') return <Navigate to={pageToReturnTo(search)} replace />
  return (
    <div className={styles.layout}>
      <header className={styles.header}>
        <Brand />
        <p className={styles.tagline}>Every operation is slow and expensive. Watch each one happen.</p>
      </header>
      <main className={styles.main}>
        <Outlet />
      </main>
    </div>
  )
}
