import { useState } from 'react'
import { ConfirmedButton } from '../../components/ConfirmedButton.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useSession } from '../../transport/contexts.ts'
import styles from './EndSessions.module.css'

/** Signs the user out of all devices at once, for who has lost one. */
export function EndSessions() {
  const session = useSession()
  const [isBusy, setBusy] = useState(false)
  const [isRefused, setRefused] = useState(false)

  async function onConfirm() {
    setBusy(true)
    const isDone = await session.signOutEverywhere()
    setBusy(false)
    setRefused(!isDone)
  }

  return (
    <Panel title="Sessions">
      <div className={styles.row}>
        <p>Sign out on all devices, this one too. Use it when you have left a session open somewhere.</p>
        <ConfirmedButton
          action="Sign out everywhere"
          object="of this account"
          question="End all sessions?"
          problem={isRefused ? 'The server did not do it. Please try again.' : null}
          isBusy={isBusy}
          onConfirm={() => void onConfirm()}
        />
      </div>
    </Panel>
  )
}
