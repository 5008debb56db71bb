import { memo } from 'react'
import { formatNumber } from '../../../format/number.ts'
import { useLanguage } from '../../../language/language.ts'
import { useMark, useSelection } from '../selection.ts'
import { Gauge } from '../task/Gauge.tsx'
import { lookOf, mostUrgent, stateOf } from '../task/task-look.ts'
import type { Durations } from '../task/useDurations.ts'
import type { Task } from '../useTasks.ts'
import type { SourceSegment } from './source-segments.ts'
import styles from './SourceText.module.css'

interface Props {
  chunk: number
  segments: readonly SourceSegment<Task>[]
  isInSight: boolean
  tasks: readonly Task[]
  durations: Durations
  failureAt: number | null
}

/** A part of the source. Out of sight it is plain text, of the same width: thousands of operators in a document are slow to lay out. */
export const SourceChunk = memo(function SourceChunk(props: Props) {
  useLanguage()
  const { chunk, segments, isInSight, tasks, durations, failureAt } = props
  return (
    <span data-chunk={chunk}>
      {isInSight
        ? segments.map((segment) =>
            segment.kind === 'text' ? (
              segment.text
            ) : segment.kind === 'value' ? (
              <Value key={segment.position} text={segment.text} task={segment.task} />
            ) : (
              <Operation
                key={segment.position}
                text={segment.text}
                tasks={segment.tasks.map(({ index }) => tasks[index]).filter((task) => task !== undefined)}
                durations={durations}
                isFailure={segment.position === failureAt}
              />
            ),
          )
        : segments.map((segment) => (segment.kind === 'value' ? formatNumber(segment.text) : segment.text)).join('')}
    </span>
  )
}, showTheSame)

/** All that is drawn of a chunk are its own tasks, most of which stand as they did. */
function showTheSame(before: Props, after: Props): boolean {
  const { tasks, ...rest } = after
  if (Object.entries(rest).some(([name, value]) => before[name as keyof typeof rest] !== value)) return false
  if (before.tasks === tasks || !after.isInSight) return true
  return after.segments.every(
    (segment) =>
      segment.kind !== 'operation' || segment.tasks.every(({ index }) => tasks[index] === before.tasks[index]),
  )
}

/** What stands for a part of the source that has been computed. */
function Value({ text, task }: { text: string; task: number }) {
  const { hover, select } = useSelection()
  const mark = useMark([task])
  return (
    <span
      className={styles.value}
      data-active={mark}
      onPointerEnter={() => hover(task)}
      onPointerLeave={() => hover(null)}
      onClick={() => select(task)}
    >
      {formatNumber(text)}
    </span>
  )
}

interface OperationProps {
  text: string
  tasks: readonly Task[]
  durations: Durations
  isFailure: boolean
}

function Operation({ text, tasks, durations, isFailure }: OperationProps) {
  const { hover, select } = useSelection()
  const mark = useMark(tasks.map(({ index }) => index))
  const task = mostUrgent(tasks)
  if (!task) return text
  return (
    <span
      className={styles.operator}
      data-tone={isFailure ? 'failed' : lookOf(task).tone}
      data-active={mark}
      data-failure={isFailure || undefined}
      onPointerEnter={() => hover(task.index)}
      onPointerLeave={() => hover(null)}
      onClick={() => select(task.index)}
    >
      {stateOf(task) === 'running' && task.startedAt !== null && (
        <Gauge startedAt={task.startedAt} durationMs={durations.get(task.operation) ?? 0} />
      )}
      {text}
    </span>
  )
}
