import type { ReactNode } from 'react'
import { Ago } from './Ago.tsx'
import styles from './GrantRow.module.css'

interface Props {
  name: string
  /** When it was made, used, and the like. */
  details: ReactNode
  /** What can still be done with it. */
  action: ReactNode
  /** How it ended and when; null while it is good. */
  end: { readonly word: string; readonly at: string } | null
  /** Whether its name is struck out once it has ended. */
  isStruckOut?: boolean
}

/** Something that was given out and can be taken back, a token or an invitation, in a list of such. */
export function GrantRow({ name, details, action, end, isStruckOut = true }: Props) {
  return (
    <li className={styles.row} data-ended={end === null ? undefined : isStruckOut ? 'for-good' : 'used-up'}>
      <span className={styles.name}>{name}</span>
      <span className={styles.details}>{details}</span>
      {end === null ? (
        action
      ) : (
        <span className={styles.details}>
          {end.word} <Ago at={end.at} />
        </span>
      )}
    </li>
  )
}
