import { useId, type ReactNode } from 'react'
import styles from './Panel.module.css'

interface Props {
  title: string
  /** What stands beside the title: a count, a filter, a button. */
  aside?: ReactNode
  children: ReactNode
}

/** A part of a page under a heading of its own. */
export function Panel({ title, aside, children }: Props) {
  const id = useId()
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <header className={styles.header}>
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  )
}
