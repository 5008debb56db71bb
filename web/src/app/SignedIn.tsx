import { useState, useSyncExternalStore } from 'react'
import { Navigate, useLocation } from 'react-router'
import { Provider } from 'urql'
import { ConnectionContext, UncachedContext, useSession, useSessionState } from '../transport/contexts.ts'
import { createLiveClientSource } from './live-client-source.ts'
import { Deletions } from './Deletions.tsx'
import { Shell } from './Shell.tsx'
import { signInAddress } from './return-address.ts'
import { UnreachableServer } from './UnreachableServer.tsx'

/** All that only a signed-in user sees, with a client of their own. */
export function SignedIn() {
  const state = useSessionState()
  const { pathname, search } = useLocation()
  switch (state.status) {
    case 'resuming':
      return <Shell isReady={false} />
    case 'unreachable':
      return <UnreachableServer />
    case 'signed-out':
      return <Navigate to={signInAddress(pathname + search)} replace />
    case 'signed-in':
      return <Live key={state.user.id} />
    default:
      return state satisfies never
  }
}

function Live() {
  const session = useSession()
  const [source] = useState(() => createLiveClientSource(session))
  const generation = useSyncExternalStore(source.subscribe, source.get)
  if (!generation) return <Shell isReady={false} />
  return (
    <Provider value={generation.live.client} key={generation.number}>
      <ConnectionContext value={generation.live.connection}>
        <UncachedContext value={generation.live.uncached}>
          <Deletions />
          <Shell isReady />
        </UncachedContext>
      </ConnectionContext>
    </Provider>
  )
}
