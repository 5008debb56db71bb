import type { ReactNode } from 'react'
import { Brand } from './Brand.tsx'
import { ConnectionProblem } from './ConnectionProblem.tsx'
import { ConnectionStatus } from './ConnectionStatus.tsx'
import { msg, t, type Message } from '../language/t.ts'
import { Link } from '../routing/Link.tsx'
import { useLocation } from '../routing/hooks.ts'
import { useIsAdmin } from '../transport/contexts.ts'
import styles from './Shell.module.css'
import { UserMenu } from './UserMenu.tsx'

interface Section {
  readonly to: string
  readonly name: Message
  readonly below: string
}

const sections: readonly Section[] = [
  { to: '/', name: msg('Expressions'), below: '/expressions/' },
  { to: '/operations', name: msg('Operations'), below: '/operations/' },
  { to: '/agents', name: msg('Agents'), below: '/agents/' },
]

const sectionsOfAdmins: readonly Section[] = [...sections, { to: '/audit', name: msg('Audit'), below: '/audit/' }]

/** The frame round each page: where one is, where one can go, whether what one sees is live. */
export function Shell({ children }: { children: ReactNode }) {
  const { pathname } = useLocation()
  const isAdmin = useIsAdmin()
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        {t('Skip to content')}
      </a>
      <header className={styles.header}>
        <div className={styles.bar}>
          <Link to="/" className={styles.brand}>
            <Brand />
          </Link>
          <nav className={styles.navigation} aria-label={t('Main')}>
            {(isAdmin ? sectionsOfAdmins : sections).map((section) => (
              <Link key={section.to} to={section.to} aria-current={currency(section, pathname)}>
                {t(section.name)}
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
        {children}
      </main>
    </div>
  )
}

/** Whether a section is the page that one is on, or has it in it. */
function currency({ to, below }: Section, pathname: string): 'page' | 'true' | undefined {
  if (pathname === to) return 'page'
  return pathname.startsWith(below) ? 'true' : undefined
}
