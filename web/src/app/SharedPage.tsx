import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react'
import { Provider } from 'urql'
import { LinkIsOver, SharedExpression } from '../features/expression/SharedExpression.tsx'
import { LanguageSwitch } from '../language/LanguageSwitch.tsx'
import { t } from '../language/t.ts'
import { Link } from '../routing/Link.tsx'
import { useLocation } from '../routing/hooks.ts'
import { ConnectionContext, UncachedContext } from '../transport/contexts.ts'
import { createGuest, type Guest } from '../transport/guest.ts'
import { Brand } from './Brand.tsx'
import { ConnectionProblem } from './ConnectionProblem.tsx'
import { ConnectionStatus } from './ConnectionStatus.tsx'
import { createLiveClientSource } from './live-client-source.ts'
import { UnloadedPage } from './UnloadedPage.tsx'
import styles from './SharedPage.module.css'

/** What stands after the `#` of a link, so that it is not sent with the address, and stays out of logs. */
const secretOf = (hash: string): string | null => (/^#rks_[\w-]+$/.test(hash) ? hash.slice(1) : null)

/** One expression for who has a link to it, signed in or not: to watch, and nothing else. */
export function SharedPage() {
  const { hash } = useLocation()
  const secret = secretOf(hash)
  return secret === null ? (
    <Frame>
      <LinkIsOver />
    </Frame>
  ) : (
    <Watched key={secret} secret={secret} />
  )
}

function Watched({ secret }: { secret: string }) {
  const [guest] = useState(() => createGuest(secret))
  const isOver = useSyncExternalStore(guest.isOver.subscribe, guest.isOver.get)
  return isOver ? (
    <Frame>
      <LinkIsOver />
    </Frame>
  ) : (
    <LiveGuest guest={guest} />
  )
}

function LiveGuest({ guest }: { guest: Guest }) {
  const [source] = useState(() => createLiveClientSource(guest))
  const state = useSyncExternalStore(source.subscribe, source.get)
  if (state.kind === 'unloaded') return <UnloadedPage />
  if (state.kind === 'coming') return <Frame />
  const { client, uncached, connection } = state.live
  return (
    <Provider value={client} key={state.number}>
      <ConnectionContext value={connection}>
        <UncachedContext value={uncached}>
          <Frame>
            <ConnectionProblem />
            <SharedExpression />
          </Frame>
        </UncachedContext>
      </ConnectionContext>
    </Provider>
  )
}

function Frame({ children }: { children?: ReactNode }) {
  // The secret is in the address, which nothing of this page may tell others.
  useEffect(() => {
    const meta = Object.assign(document.createElement('meta'), { name: 'referrer', content: 'no-referrer' })
    document.head.append(meta)
    return () => meta.remove()
  }, [])
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <Link to="/welcome" className={styles.brand}>
          <Brand />
        </Link>
        <p className={styles.note}>{t('Shared with you, to watch')}</p>
        <ConnectionStatus />
        <LanguageSwitch />
      </header>
      <main className={styles.main}>{children}</main>
    </div>
  )
}
