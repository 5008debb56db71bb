import { memo } from 'react'
import { Elapsed } from '../../components/Elapsed.tsx'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import { formatNumber, shortenNumber } from '../../format/number.ts'
import { operationTitle, writeOperation } from '../../format/operation.ts'
import { formatClockTime } from '../../format/time.ts'
import { graphql, readFragment, type FragmentOf, type ResultOf } from '../../graphql.ts'
import { useLanguage } from '../../language/language.ts'
import { t } from '../../language/t.ts'
import { useMark, useSelection } from './selection.ts'
import { lookOf } from './task/task-look.ts'
import styles from './TaskRow.module.css'
import { laterOf, useShownSecond } from './timeline/useTimeCursor.ts'

/** What others show of a task as well they need not ask for twice, for thousands of tasks. */
export const TaskRowFragment = graphql(`
  fragment TaskRow_task on Task @_unmask {
    id
    index
    status
    operation
    operands {
      task {
        id
        index
      }
      negated
      value {
        short: decimal(digits: 12)
      }
    }
    result {
      short: decimal(digits: 12)
    }
    attempt
    agent {
      id
      name
      slots
    }
    startedAt
    isRunning
    finishedAt
  }
`)

interface Props {
  task: FragmentOf<typeof TaskRowFragment>
  rowIndex: number
}

export const TaskRow = memo(function TaskRow({ rowIndex, ...props }: Props) {
  const task = readFragment(TaskRowFragment, props.task)
  const { index, status, operation, operands, result, agent, attempt, startedAt, finishedAt } = task
  useLanguage()
  const { hover, select } = useSelection()
  const mark = useMark([index])
  const shownAt = useShownSecond()
  return (
    <tr
      className={styles.row}
      aria-rowindex={rowIndex}
      data-active={mark}
      onPointerEnter={() => hover(index)}
      onClick={() => select(index)}
    >
      <td>
        <button
          type="button"
          className={styles.index}
          aria-label={t('Operation {number}', { number: index + 1 })}
          aria-pressed={mark === 'selected'}
          onClick={() => select(index)}
        >
          {index + 1}
        </button>
      </td>
      <td className={styles.numbers}>
        {writeOperation(operation, operands).map((piece, place) =>
          piece.kind === 'operand' ? (
            <Operand key={place} operand={piece.operand} />
          ) : piece.kind === 'sign' ? (
            <span key={place} className={styles.operator} title={operationTitle(operation)}>
              {piece.text}
            </span>
          ) : (
            piece.text
          ),
        )}
      </td>
      <td className={styles.numbers}>{result && formatNumber(shortenNumber(result.short, 18))}</td>
      <td>
        <StatusBadge look={lookOf(task)} />
      </td>
      <td className={styles.agent}>{agent?.name}</td>
      <td>{attempt > 0 && attempt}</td>
      <td>{startedAt !== null && formatClockTime(startedAt)}</td>
      <td>
        {startedAt !== null && (finishedAt !== null || status === 'ASSIGNED') && (
          <Elapsed from={startedAt} to={finishedAt ?? laterOf(startedAt, shownAt)} />
        )}
      </td>
    </tr>
  )
})

type OperandData = ResultOf<typeof TaskRowFragment>['operands'][number]

/** Its value, or the number of the task that will have it. */
function Operand({ operand }: { operand: OperandData }) {
  if (operand.value) return <>{formatNumber(shortenNumber(operand.value.short, 14))}</>
  return (
    <span className={styles.reference}>
      {operand.negated && '−'}#{(operand.task?.index ?? 0) + 1}
    </span>
  )
}
