import { Link, NavLink, Outlet, ScrollRestoration } from 'react-router'
import { Brand } from './Brand.tsx'
import { ConnectionStatus } from './ConnectionStatus.tsx'
import styles from './Shell.module.css'
import { UserMenu } from './UserMenu.tsx'

/** The frame round each page: where one is, where one can go, whether what one sees is live. */
export function Shell({ isReady }: { isReady: boolean }) {
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        Skip to content
      </a>
      <header className={styles.header}>
        <div className={styles.bar}>
          <Link to="/" className={styles.brand}>
            <Brand />
          </Link>
          <nav className={styles.navigation} aria-label="Main">
            <NavLink to="/" end>
              Expressions
            </NavLink>
            <NavLink to="/operations">Operations</NavLink>
            <NavLink to="/agents">Agents</NavLink>
          </nav>
          <div className={styles.status}>
            <ConnectionStatus />
            <UserMenu />
          </div>
        </div>
      </header>
      <main id="main" className={styles.main} tabIndex={-1}>
        {isReady && <Outlet />}
      </main>
      <ScrollRestoration />
    </div>
  )
}
