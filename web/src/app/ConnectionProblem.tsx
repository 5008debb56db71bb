import { use, useSyncExternalStore } from 'react'
import { Notice } from '../components/Notice.tsx'
import { ConnectionContext, type Connection } from '../transport/contexts.ts'
import styles from './ConnectionProblem.module.css'

/** Why nothing on the page is live, where the server tells. */
export function ConnectionProblem() {
  const connection = use(ConnectionContext)
  return connection && <Problem connection={connection} />
}

function Problem({ connection: { state } }: { connection: Connection }) {
  const current = useSyncExternalStore(state.subscribe, state.get)
  if (!('reason' in current) || current.reason === null) return null
  return (
    <div className={styles.problem}>
      <Notice tone="error">{current.reason}</Notice>
    </div>
  )
}
