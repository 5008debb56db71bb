import type { ReactNode } from 'react'
import { t } from '../language/t.ts'
import { Button } from './Button.tsx'
import { leaveFocus } from './leave-focus.ts'
import { SecretText } from './SecretText.tsx'
import styles from './ShownOnce.module.css'

interface Props {
  /** What it is, for those who do not see it. */
  name: string
  text: string
  /** That it is shown only now. */
  warning: string
  /** How it is used. */
  children?: ReactNode
  onClose: () => void
}

/** A secret that was just made, which nobody can be shown again. */
export function ShownOnce({ name, text, warning, children, onClose }: Props) {
  return (
    <div className={styles.secret}>
      <p className={styles.warning} role="status">
        {warning}
      </p>
      <SecretText name={name} text={text} />
      {children}
      <div>
        <Button ref={leaveFocus} size="small" onClick={onClose}>
          {t('Done')}
        </Button>
      </div>
    </div>
  )
}
