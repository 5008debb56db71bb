import { useState } from 'react'
import { now } from '../../clock.ts'
import { formatDuration } from '../../format/duration.ts'
import { expressionPath } from '../../format/expression-path.ts'
import { isOperator, operationMark, operationTitle } from '../../format/operation.ts'
import { t } from '../../language/t.ts'
import { Link } from '../../routing/Link.tsx'
import { useSessionState } from '../../transport/contexts.ts'
import styles from './SlotCell.module.css'

interface Props {
  assignment: {
    operation: string
    startedAt: string
    durationMs: number
    /** Null where one may not see the expression: it is another user's. */
    task: { expression: { id: string; owner: { id: string } } } | null
  }
}

/** A slot at work: the ring closes when its operation should be done. A link where one may see the expression. */
export function BusySlot({ assignment: { operation, startedAt, durationMs, task } }: Props) {
  const session = useSessionState()
  const [elapsedMs] = useState(() => Math.min(durationMs, Math.max(0, now() - Date.parse(startedAt))))
  const label = `${operationTitle(operation)}, ${formatDuration(durationMs)}`
  const cell = (
    <>
      <svg className={styles.ring} viewBox="0 0 36 36" aria-hidden="true">
        <circle className={styles.track} cx="18" cy="18" r="16" />
        <circle
          className={styles.elapsed}
          cx="18"
          cy="18"
          r="16"
          pathLength="1"
          style={{ animationDuration: `${durationMs}ms`, animationDelay: `${-elapsedMs}ms` }}
        />
      </svg>
      <span className={styles.mark} data-function={!isOperator(operation) || undefined} aria-hidden="true">
        {operationMark(operation)}
      </span>
    </>
  )
  if (!task)
    return (
      <span className={styles.cell} data-busy role="img" aria-label={label} title={label}>
        {cell}
      </span>
    )
  const isOwn = session.status === 'signed-in' && session.user.id === task.expression.owner.id
  const owner = isOwn ? 'self' : 'other'
  return (
    <Link
      to={expressionPath(task.expression.id)}
      className={styles.cell}
      data-busy
      aria-label={t('{task}, of {owner, select, self {your expression} other {another user’s expression}}', {
        task: label,
        owner,
      })}
      title={t('{task}. Open {owner, select, self {your expression} other {another user’s expression}}', {
        task: label,
        owner,
      })}
    >
      {cell}
    </Link>
  )
}

export const IdleSlot = () => <span className={styles.cell} role="img" aria-label={t('Idle')} title={t('Idle')} />
