import { lazy, Suspense, useMemo, useSyncExternalStore } from 'react'
import { Navigate } from '../routing/Navigate.tsx'
import { useLocation } from '../routing/hooks.ts'
import { ConnectionContext, UncachedContext, useSession, useSessionState } from '../transport/contexts.ts'
import { createLiveClientSource, noLiveClient } from './live-client-source.ts'
import { addressOutside } from './return-address.ts'
import { Shell } from './Shell.tsx'
import { UnloadedPage } from './UnloadedPage.tsx'
import { UnreachableServer } from './UnreachableServer.tsx'

const Live = lazy(() => import('./Live.tsx').catch(() => ({ default: UnloadedPage })))

/** All that only a signed-in user sees. */
export function SignedIn() {
  const state = useSessionState()
  const { pathname, search } = useLocation()
  switch (state.status) {
    case 'resuming':
      return <LiveShell userId={null} />
    case 'unreachable':
      return <UnreachableServer />
    case 'signed-out':
      return <Navigate to={addressOutside(pathname + search, state.isExpired)} />
    case 'signed-in':
      return <LiveShell userId={state.user.id} />
    default:
      return state satisfies never
  }
}

/** One frame from the first picture on: who is in it by keyboard stays where they are while the rest comes. */
function LiveShell({ userId }: { userId: string | null }) {
  const session = useSession()
  const source = useMemo(() => (userId === null ? noLiveClient : createLiveClientSource(session)), [session, userId])
  const state = useSyncExternalStore(source.subscribe, source.get)
  const live = state.kind === 'open' ? state.live : null
  return (
    <ConnectionContext value={live?.connection ?? null}>
      <UncachedContext value={live?.uncached ?? null}>
        <Shell>
          {userId !== null && (
            <Suspense fallback={null}>
              <Live key={userId} state={state} />
            </Suspense>
          )}
        </Shell>
      </UncachedContext>
    </ConnectionContext>
  )
}
