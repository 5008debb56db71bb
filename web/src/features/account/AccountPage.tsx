import { Suspense } from 'react'
import { lazyPart } from '../../components/lazy-part.tsx'
import { t } from '../../language/t.ts'
import styles from './AccountPage.module.css'
import { DeleteAccount } from './DeleteAccount.tsx'
import { PasswordPanel } from './PasswordPanel.tsx'
import { PersonalTokens } from './PersonalTokens.tsx'
import { Sessions } from './Sessions.tsx'

const Webhooks = lazyPart(() => import('./webhooks/Webhooks.tsx'))

/** What one may do about one's own account. */
export function AccountPage() {
  return (
    <div className={styles.page}>
      <title>{t('Account · Reckon')}</title>
      <h1>{t('Account')}</h1>
      <PasswordPanel />
      <Sessions />
      <PersonalTokens />
      <Suspense fallback={null}>
        <Webhooks />
      </Suspense>
      <DeleteAccount />
    </div>
  )
}
