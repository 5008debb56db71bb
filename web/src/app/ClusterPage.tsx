import { Suspense } from 'react'
import { lazyPart } from '../components/lazy-part.tsx'
import { AgentsPage } from '../features/agents/AgentsPage.tsx'
import { AgentTokens } from '../features/agents/AgentTokens.tsx'
import { OwnAgents } from '../features/agents/OwnAgents.tsx'
import { Invitations } from '../features/users/Invitations.tsx'
import { Users } from '../features/users/Users.tsx'
import { useIsAdmin } from '../transport/contexts.ts'

const Limits = lazyPart(() => import('../features/audit/Limits.tsx'))

/** Who computes, and for admins who may. */
export function ClusterPage() {
  const isAdmin = useIsAdmin()
  return (
    <AgentsPage>
      {isAdmin && <OwnAgents />}
      {isAdmin && <AgentTokens />}
      {isAdmin && <Users />}
      {isAdmin && <Invitations />}
      {isAdmin && (
        <Suspense fallback={null}>
          <Limits />
        </Suspense>
      )}
    </AgentsPage>
  )
}
