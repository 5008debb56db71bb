import type { ReactNode } from 'react'
import { Ago } from '../../components/Ago.tsx'
import { operationText } from '../../components/server-text.tsx'
import { formatDuration } from '../../format/duration.ts'
import { isOperator, operationMark, operationTitle } from '../../format/operation.ts'
import { graphql, readFragment, type FragmentOf } from '../../graphql.ts'
import { tx } from '../../language/t.ts'
import styles from './OperationRow.module.css'

export const OperationRowFragment = graphql(`
  fragment OperationRow_operation on Operation {
    id
    name
    description
    durationMs
    updatedAt
  }
`)

interface Props {
  operation: FragmentOf<typeof OperationRowFragment>
  /** The longest duration of all, to show how this one compares. */
  longestMs: number
  /** What sets the duration, for those who may. */
  children?: ReactNode
}

export function OperationRow({ longestMs, children, ...props }: Props) {
  const { name, description, durationMs, updatedAt } = readFragment(OperationRowFragment, props.operation)
  return (
    <li className={styles.row}>
      <span className={styles.sign} data-function={!isOperator(name) || undefined} aria-hidden="true">
        {operationMark(name)}
      </span>
      <div className={styles.name}>
        <h3 className={styles.title}>{operationTitle(name)}</h3>
        <p className={styles.description}>{operationText(name, description)}</p>
        <p className={styles.updated}>{tx('set {when}', { when: <Ago at={updatedAt} /> })}</p>
      </div>
      <p className={styles.duration}>{formatDuration(durationMs)}</p>
      {children !== undefined && <div className={styles.setting}>{children}</div>}
      <div className={styles.bar} aria-hidden="true">
        <div className={styles.fill} style={{ scale: `${durationMs / longestMs} 1` }} />
      </div>
    </li>
  )
}
