import { Link, useLocation } from 'react-router'
import { Notice } from '../../components/Notice.tsx'
import { useSession, useSessionState } from '../../transport/contexts.ts'
import { AccountCard } from './AccountCard.tsx'
import { CredentialsForm } from './CredentialsForm.tsx'
import { useIsRegistrationOpen } from './useIsRegistrationOpen.ts'

export function SignInPage() {
  const session = useSession()
  const state = useSessionState()
  const { search, state: brought } = useLocation()
  const isOpen = useIsRegistrationOpen()
  return (
    <AccountCard
      title="Sign in"
      footer={
        isOpen === false ? (
          'No account yet? Ask an admin for an invitation.'
        ) : (
          <>
            No account yet?{' '}
            <Link to={{ pathname: '/sign-up', search }} state={brought}>
              Create one
            </Link>
          </>
        )
      }
    >
      <title>Sign in · Reckon</title>
      {state.status === 'signed-out' && state.isExpired && (
        <Notice tone="info">Your session has ended. Please sign in again.</Notice>
      )}
      <CredentialsForm action="Sign in" passwordAutoComplete="current-password" submit={session.signIn} />
    </AccountCard>
  )
}
