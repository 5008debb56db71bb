import type { ReactNode } from 'react'
import styles from './Notice.module.css'

interface Props {
  tone: 'error' | 'info'
  children: ReactNode
  /** What can be done about it. */
  action?: ReactNode
}

/** A message in the place that it is about. An error is read out at once. */
export function Notice({ tone, children, action }: Props) {
  return (
    <div
      className={styles.notice}
      data-tone={tone === 'error' ? 'failed' : 'waiting'}
      role={tone === 'error' ? 'alert' : 'status'}
    >
      <div className={styles.text}>{children}</div>
      {action}
    </div>
  )
}
