import type { Tone } from '../format/status.ts'
import styles from './ProgressBar.module.css'

interface Props {
  completed: number
  total: number
  tone: Tone
  label: string
}

export function ProgressBar({ completed, total, tone, label }: Props) {
  return (
    <div
      className={styles.track}
      data-tone={tone}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={completed}
    >
      <div className={styles.fill} style={{ scale: `${total === 0 ? 1 : completed / total} 1` }} />
    </div>
  )
}
