import { useState } from 'react'
import { Link, useLocation } from 'react-router'
import { Notice } from '../../components/Notice.tsx'
import { useSession } from '../../transport/contexts.ts'
import { AccountCard } from './AccountCard.tsx'
import { CredentialsForm } from './CredentialsForm.tsx'
import { invitationOf } from './invitation.ts'
import { useIsRegistrationOpen } from './useIsRegistrationOpen.ts'

export function SignUpPage() {
  const session = useSession()
  const { search, hash, state: brought } = useLocation()
  // As it was on arrival: a link within the page leaves it out.
  const [invitation] = useState(() => invitationOf(hash))
  const isOpen = useIsRegistrationOpen()
  const mayTry = invitation !== null || isOpen !== false
  return (
    <AccountCard
      title="Create an account"
      footer={
        <>
          Have an account?{' '}
          <Link to={{ pathname: '/sign-in', search }} state={brought}>
            Sign in
          </Link>
        </>
      }
    >
      <title>Create an account · Reckon</title>
      {invitation !== null && <Notice tone="info">You have been invited. Choose how you will sign in.</Notice>}
      {mayTry ? (
        <CredentialsForm
          action="Create account"
          passwordAutoComplete="new-password"
          passwordHint="At least 8 characters, such as a few words of your own."
          submit={(credentials) => session.register({ ...credentials, invitation })}
        />
      ) : (
        <Notice tone="info">Here one registers with an invitation. Ask an admin for one, and open its link.</Notice>
      )}
    </AccountCard>
  )
}
