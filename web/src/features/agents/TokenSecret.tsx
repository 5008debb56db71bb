import { Button } from '../../components/Button.tsx'
import { SecretText } from '../../components/SecretText.tsx'
import { StartAgent } from './StartAgent.tsx'
import styles from './TokenSecret.module.css'

interface Props {
  secret: string
  /** Of the token; the agent is called so too, unless one says otherwise. */
  name: string
  onClose: () => void
}

/** A new token and the lines that start an agent with it. */
export function TokenSecret({ secret, name, onClose }: Props) {
  return (
    <div className={styles.secret}>
      <p className={styles.warning} role="status">
        This token is shown only now. Copy it before you close this.
      </p>
      <SecretText name="token" text={secret} />
      <StartAgent secret={secret} tokenName={name} />
      <div>
        <Button size="small" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  )
}
