import { RouterProvider } from 'react-router'
import { SessionContext } from '../transport/contexts.ts'
import type { Session } from '../transport/session.ts'
import type { Router } from './router.tsx'

export function App({ session, router }: { session: Session; router: Router }) {
  return (
    <SessionContext value={session}>
      <RouterProvider router={router} />
    </SessionContext>
  )
}
