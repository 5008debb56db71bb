import { useState } from 'react'
import { useQuery } from 'urql'
import { ConfirmedButton } from '../../components/ConfirmedButton.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { graphql } from '../../graphql.ts'
import { t } from '../../language/t.ts'
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
    <Panel title={t('Sessions')}>
      {viewer ? (
        <ul className={styles.sessions} aria-label={t('Sessions')}>
          {viewer.sessions.map((session) => (
            <SessionRow key={session.id} session={session} onEnded={() => refetch({ requestPolicy: 'network-only' })} />
          ))}
        </ul>
      ) : error ? (
        <Notice tone="error">{t('The sessions could not be loaded.')}</Notice>
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
      <p>{t('Sign out on all devices, this one too. Use it when you have left a session open somewhere.')}</p>
      <ConfirmedButton
        action={t('Sign out everywhere')}
        object={t('of this account')}
        question={t('End all sessions?')}
        problem={isRefused ? t('The server did not do it. Please try again.') : null}
        isBusy={isBusy}
        onConfirm={() => void onConfirm()}
      />
    </div>
  )
}
