import { useEffect, useState } from 'react'
import { Navigate, useLocation } from 'react-router'
import { Provider } from 'urql'
import { createLiveClient, type LiveClient } from '../client.ts'
import { ConnectionContext, useSession, useSessionState } from '../transport/contexts.ts'
import { Shell } from './Shell.tsx'
import { signInAddress } from './return-address.ts'
import { UnreachableServer } from './UnreachableServer.tsx'

/** All that only a signed-in user sees, with a client of their own. */
export function SignedIn() {
  const state = useSessionState()
  const { pathname } = useLocation()
  switch (state.status) {
    case 'resuming':
      return <Shell isReady={false} />
    case 'unreachable':
      return <UnreachableServer />
    case 'signed-out':
      return <Navigate to={signInAddress(pathname)} replace />
    case 'signed-in':
      return <Live key={state.user.id} />
    default:
      return state satisfies never
  }
}

function Live() {
  const session = useSession()
  const [generation, setGeneration] = useState(0)
  const [live, setLive] = useState<LiveClient | null>(null)

  useEffect(() => {
    const created = createLiveClient(session, () => setGeneration((last) => last + 1))
    // The client owns a socket, so it is made and closed here and not while rendering.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    setLive(created)
    return created.dispose
  }, [session, generation])

  if (!live) return <Shell isReady={false} />
  return (
    <Provider value={live.client}>
      <ConnectionContext value={live.connection}>
        <Shell isReady key={generation} />
      </ConnectionContext>
    </Provider>
  )
}
