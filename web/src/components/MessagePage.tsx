import type { ReactNode } from 'react'
import styles from './MessagePage.module.css'

/** A page that has but one thing to say. */
export function MessagePage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles.page}>
      <h1>{title}</h1>
      {children}
    </div>
  )
}
