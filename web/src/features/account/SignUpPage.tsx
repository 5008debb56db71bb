import { useState } from 'react'
import { Notice } from '../../components/Notice.tsx'
import { t, tx } from '../../language/t.ts'
import { Link } from '../../routing/Link.tsx'
import { useLocation } from '../../routing/hooks.ts'
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
      title={t('Create an account')}
      footer={tx('Have an account? <link>Sign in</link>', {
        link: (inside) => (
          <Link to={{ pathname: '/sign-in', search }} state={brought}>
            {inside}
          </Link>
        ),
      })}
    >
      <title>{t('Create an account · Reckon')}</title>
      {invitation !== null && <Notice tone="info">{t('You have been invited. Choose how you will sign in.')}</Notice>}
      {mayTry ? (
        <CredentialsForm
          action={t('Create account')}
          passwordAutoComplete="new-password"
          passwordHint={t('At least 8 characters, such as a few words of your own.')}
          submit={(credentials) => session.register({ ...credentials, invitation })}
        />
      ) : (
        <Notice tone="info">
          {t('Here one registers with an invitation. Ask an admin for one, and open its link.')}
        </Notice>
      )}
    </AccountCard>
  )
}
