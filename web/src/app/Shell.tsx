import { Link, Outlet, ScrollRestoration, useLocation } from 'react-router'
import { Brand } from './Brand.tsx'
import { ConnectionProblem } from './ConnectionProblem.tsx'
import { ConnectionStatus } from './ConnectionStatus.tsx'
import styles from './Shell.module.css'
import { UserMenu } from './UserMenu.tsx'

const sections = [
  { to: '/', name: 'Expressions', below: '/expressions/' },
  { to: '/operations', name: 'Operations', below: '/operations/' },
  { to: '/agents', name: 'Agents', below: '/agents/' },
] as const

/** The frame round each page: where one is, where one can go, whether what one sees is live. */
export function Shell({ isReady }: { isReady: boolean }) {
  const { pathname } = useLocation()
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
            {sections.map((section) => (
              <Link key={section.to} to={section.to} aria-current={currency(section, pathname)}>
                {section.name}
              </Link>
            ))}
          </nav>
          <div className={styles.status}>
            <ConnectionStatus />
            <UserMenu />
          </div>
        </div>
      </header>
      <main id="main" className={styles.main} tabIndex={-1}>
        <ConnectionProblem />
        {isReady && <Outlet />}
      </main>
      <ScrollRestoration />
    </div>
  )
}

/** Whether a section is the page that one is on, or has it in it. */
function currency({ to, below }: (typeof sections)[number], pathname: string): 'page' | 'true' | undefined {
  if (pathname === to) return 'page'
  return pathname.startsWith(below) ? 'true' : undefined
}
