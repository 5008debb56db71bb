import { useState } from 'react'
import { useQuery } from 'urql'
import { ConfirmedButton } from '../../components/ConfirmedButton.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { graphql } from '../../graphql.ts'
import { useSession } from '../../transport/contexts.ts'
import { SessionRow, SessionRowFragment } from './SessionRow.tsx'
import styles from './Sessions.module.css'

const SessionsQuery = graphql(
  `
    query Sessions {
      viewer {
        id
        sessions {
          id
          ...SessionRow_session
        }
      }
    }
  `,
  [SessionRowFragment],
)

/** Where one is signed in, and how to end that, for who has lost a device. */
export function Sessions() {
  const [{ data, error }, refetch] = useQuery({ query: SessionsQuery, requestPolicy: 'cache-and-network' })
  const viewer = data?.viewer
  return (
    <Panel title="Sessions">
      {viewer ? (
        <ul className={styles.sessions} aria-label="Sessions">
          {viewer.sessions.map((session) => (
            <SessionRow key={session.id} session={session} onEnded={() => refetch({ requestPolicy: 'network-only' })} />
          ))}
        </ul>
      ) : error ? (
        <Notice tone="error">The sessions could not be loaded.</Notice>
      ) : (
        <Skeleton height="3rem" />
      )}
      <EndAll />
    </Panel>
  )
}

function EndAll() {
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
  )
}
