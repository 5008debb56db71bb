import { RouterProvider } from 'react-router'
import { SessionContext } from '../transport/contexts.ts'
import type { Session } from '../transport/session.ts'
import { router } from './router.tsx'

export function App({ session }: { session: Session }) {
  return (
    <SessionContext value={session}>
      <RouterProvider router={router} />
    </SessionContext>
  )
}
