import { Link, useLocation } from 'react-router'
import { useSession } from '../../transport/contexts.ts'
import { AccountCard } from './AccountCard.tsx'
import { CredentialsForm } from './CredentialsForm.tsx'

export function SignUpPage() {
  const session = useSession()
  const { search } = useLocation()
  return (
    <AccountCard
      title="Create an account"
      footer={
        <>
          Have an account? <Link to={{ pathname: '/sign-in', search }}>Sign in</Link>
        </>
      }
    >
      <title>Create an account · Reckon</title>
      <CredentialsForm
        action="Create account"
        passwordAutoComplete="new-password"
        passwordHint="At least 8 characters. The first to register is the admin."
        submit={session.register}
      />
    </AccountCard>
  )
}
