import { lazy, Suspense } from 'react'
import { Navigate, useLocation } from 'react-router'
import { useSessionState } from '../transport/contexts.ts'
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
      return <Shell isReady={false} />
    case 'unreachable':
      return <UnreachableServer />
    case 'signed-out':
      return <Navigate to={addressOutside(pathname + search, state.isExpired)} replace />
    case 'signed-in':
      return (
        <Suspense fallback={<Shell isReady={false} />}>
          <Live key={state.user.id} />
        </Suspense>
      )
    default:
      return state satisfies never
  }
}
