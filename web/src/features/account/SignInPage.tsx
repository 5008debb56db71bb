import { Notice } from '../../components/Notice.tsx'
import { t, tx } from '../../language/t.ts'
import { Link } from '../../routing/Link.tsx'
import { useLocation } from '../../routing/hooks.ts'
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
      title={t('Sign in')}
      footer={
        isOpen === false
          ? t('No account yet? Ask an admin for an invitation.')
          : tx('No account yet? <link>Create one</link>', {
              link: (inside) => (
                <Link to={{ pathname: '/sign-up', search }} state={brought}>
                  {inside}
                </Link>
              ),
            })
      }
    >
      <title>{t('Sign in · Reckon')}</title>
      {state.status === 'signed-out' && state.isExpired && (
        <Notice tone="info">{t('Your session has ended. Please sign in again.')}</Notice>
      )}
      <CredentialsForm action={t('Sign in')} passwordAutoComplete="current-password" submit={session.signIn} />
    </AccountCard>
  )
}
