import styles from './AccountPage.module.css'
import { DeleteAccount } from './DeleteAccount.tsx'
import { PasswordPanel } from './PasswordPanel.tsx'
import { PersonalTokens } from './PersonalTokens.tsx'
import { Sessions } from './Sessions.tsx'

/** What one may do about one's own account. */
export function AccountPage() {
  return (
    <div className={styles.page}>
      <title>Account · Reckon</title>
      <h1>Account</h1>
      <PasswordPanel />
      <Sessions />
      <PersonalTokens />
      <DeleteAccount />
    </div>
  )
}
