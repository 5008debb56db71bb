import type { ReactNode } from 'react'
import { t } from '../../language/t.ts'
import styles from './Legend.module.css'

interface Props {
  /** Gives each kind its `--legend`, as the canvas paints it; `lost` has its own. */
  className: string | undefined
  /** Items with a `data-kind`. */
  children: ReactNode
}

/** What the colours of a timeline mean. */
export function Legend({ className, children }: Props) {
  return (
    <ul className={`${styles.legend} ${className}`} aria-label={t('Legend')}>
      {children}
    </ul>
  )
}
