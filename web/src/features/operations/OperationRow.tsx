import type { ReactNode } from 'react'
import { Ago } from '../../components/Ago.tsx'
import { formatDuration } from '../../format/duration.ts'
import { operatorName, operatorSign } from '../../format/operator.ts'
import { graphql, readFragment, type FragmentOf } from '../../graphql.ts'
import styles from './OperationRow.module.css'

export const OperationRowFragment = graphql(`
  fragment OperationRow_operation on Operation {
    id
    kind
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
  const { kind, durationMs, updatedAt } = readFragment(OperationRowFragment, props.operation)
  return (
    <li className={styles.row}>
      <span className={styles.sign} aria-hidden="true">
        {operatorSign[kind]}
      </span>
      <div className={styles.name}>
        <h2 className={styles.kind}>{operatorName[kind]}</h2>
        <p className={styles.updated}>
          set <Ago at={updatedAt} />
        </p>
      </div>
      <p className={styles.duration}>{formatDuration(durationMs)}</p>
      {children !== undefined && <div className={styles.setting}>{children}</div>}
      <div className={styles.bar} aria-hidden="true">
        <div className={styles.fill} style={{ scale: `${durationMs / longestMs} 1` }} />
      </div>
    </li>
  )
}
