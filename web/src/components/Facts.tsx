import type { ReactNode } from 'react'
import styles from './Facts.module.css'

/** Numbers side by side, each under its name. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={styles.facts}>{children}</dl>
}

export function Fact({ name, children, note }: { name: string; children: ReactNode; note?: string | undefined }) {
  return (
    <div className={styles.fact} title={note}>
      <dt className={styles.name}>{name}</dt>
      <dd className={styles.value}>{children}</dd>
    </div>
  )
}
