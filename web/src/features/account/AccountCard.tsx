import type { ReactNode } from 'react'
import styles from './AccountCard.module.css'

export function AccountCard({ title, children, footer }: { title: string; children: ReactNode; footer: ReactNode }) {
  return (
    <div className={styles.card}>
      <h1>{title}</h1>
      {children}
      <p className={styles.footer}>{footer}</p>
    </div>
  )
}
