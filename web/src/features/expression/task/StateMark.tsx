import type { State } from './task-look.ts'
import styles from './StateMark.module.css'

/** The shape that stands for a state in the graph. */
export function StateMark({ state }: { state: State }) {
  return (
    <svg className={styles.mark} data-state={state} viewBox="-8 -8 16 16" aria-hidden="true">
      {state === 'failed' ? <path d="M0-7 7 0 0 7-7 0Z" /> : <circle r="6" />}
      {state === 'ahead' && <circle r="3" />}
      {state === 'saving' && <circle className={styles.part} r="3" />}
      {state === 'running' && <path className={styles.part} d="M0 0V-6A6 6 0 0 1 0 6Z" />}
      {state === 'cancelled' && <path d="M-4 4 4-4" />}
    </svg>
  )
}
