import { t } from '../language/t.ts'
import { CopyButton } from './CopyButton.tsx'
import styles from './SecretText.module.css'

/** A line, or a few, to be copied whole. @param name what it is, for those who do not see it */
export const SecretText = ({ name, text }: { name: string; text: string }) => (
  <div className={styles.line}>
    <code className={styles.text}>{text}</code>
    <CopyButton text={text} label={t('Copy {name}', { name })} />
  </div>
)
