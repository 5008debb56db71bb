import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react'
import { Link, useLocation } from 'react-router'
import { Provider } from 'urql'
import { LinkIsOver, SharedExpression } from '../features/expression/SharedExpression.tsx'
import { ConnectionContext, UncachedContext } from '../transport/contexts.ts'
import { createGuest, type Guest } from '../transport/guest.ts'
import { Brand } from './Brand.tsx'
import { ConnectionProblem } from './ConnectionProblem.tsx'
import { ConnectionStatus } from './ConnectionStatus.tsx'
import { createLiveClientSource } from './live-client-source.ts'
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
  const generation = useSyncExternalStore(source.subscribe, source.get)
  if (!generation) return <Frame />
  const { client, uncached, connection } = generation.live
  return (
    <Provider value={client} key={generation.number}>
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
        <p className={styles.note}>Shared with you, to watch</p>
        <ConnectionStatus />
      </header>
      <main className={styles.main}>{children}</main>
    </div>
  )
}
