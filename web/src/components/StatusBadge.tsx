import type { StatusLook } from '../format/status.ts'
import { t } from '../language/t.ts'
import styles from './StatusBadge.module.css'

/** A status as a word and a colour. */
export function StatusBadge({ look }: { look: StatusLook }) {
  return (
    <span className={styles.badge} data-tone={look.tone}>
      <span className={styles.dot} aria-hidden="true" />
      {t(look.word)}
    </span>
  )
}
