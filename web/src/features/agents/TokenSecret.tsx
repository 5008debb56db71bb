import { Button } from '../../components/Button.tsx'
import { SecretText } from '../../components/SecretText.tsx'
import styles from './TokenSecret.module.css'

/** A new token and the line that starts an agent with it. In the environment other users of the machine do not see it. */
export function TokenSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const command = `RECKON_SERVER=${location.origin} RECKON_AGENT_TOKEN=${secret} npx reckon-agent`
  return (
    <div className={styles.secret} role="status">
      <p className={styles.warning}>This token is shown only now. Copy it before you close this.</p>
      <SecretText name="token" text={secret} />
      <p>Start an agent with it, in a checkout of Reckon:</p>
      <SecretText name="command" text={command} />
      <div>
        <Button size="small" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  )
}
