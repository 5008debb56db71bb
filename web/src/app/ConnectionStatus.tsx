import { use, useSyncExternalStore } from 'react'
import { Button } from '../components/Button.tsx'
import { useNow } from '../components/useNow.ts'
import { msg, t, tx, type Message } from '../language/t.ts'
import { formatSeconds } from '../format/duration.ts'
import type { ConnectionState } from '../transport/connection.ts'
import { ConnectionContext, type Connection } from '../transport/contexts.ts'
import styles from './ConnectionStatus.module.css'

/** Whether what the page shows is live. */
export function ConnectionStatus() {
  const connection = use(ConnectionContext)
  return connection ? <Watching connection={connection} /> : <Indicator phase="connecting" />
}

function Watching({ connection }: { connection: Connection }) {
  const state = useSyncExternalStore(connection.state.subscribe, connection.state.get)
  if (state.phase !== 'offline') return <Indicator phase={state.phase} />
  return (
    <span className={styles.offline}>
      <Indicator phase="offline" />
      <span className={styles.countdown}>
        <Countdown until={state.retryAt} />
      </span>
      <Button size="small" look="quiet" onClick={connection.retryNow}>
        {t('Retry')}
      </Button>
    </span>
  )
}

const words: Readonly<Record<ConnectionState['phase'], Message>> = {
  connecting: msg('Connecting'),
  live: msg('Live'),
  reconnecting: msg('Reconnecting'),
  offline: msg('Offline'),
}

function Indicator({ phase }: { phase: ConnectionState['phase'] }) {
  return (
    <span className={styles.indicator} data-phase={phase} role="status">
      <span className={styles.dot} aria-hidden="true" />
      <span className="visually-hidden">{t('Connection:')} </span>
      {t(words[phase])}
    </span>
  )
}

function Countdown({ until }: { until: number }) {
  const seconds = Math.ceil((until - useNow()) / 1000)
  return (
    <>
      {tx('<words>retry in </words>{time}', {
        time: formatSeconds(Math.max(1, seconds)),
        words: (inside) => <span className={styles.words}>{inside}</span>,
      })}
    </>
  )
}
