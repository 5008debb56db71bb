import { memo } from 'react'
import { taskStatusLook, type Tone } from '../../format/status.ts'
import type { TaskStatus } from '../../graphql.ts'
import { useMark, useSelection } from './selection.ts'
import { cutSource } from './source-segments.ts'
import styles from './SourceText.module.css'
import type { Task } from './useTasks.ts'

interface Props {
  source: string
  tasks: readonly Task[]
  /** The operator at which the expression failed. */
  failure: { readonly position: number } | null
}

/** Up to here the colours fade into each other; thousands of transitions a second are more than a browser can bear. */
const fewOperators = 150

/** What shows of several tasks at one place: what needs a look first, and that it is done only when all are. */
const byUrgency: readonly TaskStatus[] = ['FAILED', 'ASSIGNED', 'READY', 'WAITING', 'CANCELLED', 'SUCCEEDED']

function toneOf(tasks: readonly Task[]): Tone {
  const statuses = new Set(tasks.map(({ status }) => status))
  return taskStatusLook[byUrgency.find((status) => statuses.has(status)) ?? 'WAITING'].tone
}

/** The source, each operation in the colour of its tasks' status. */
export const SourceText = memo(function SourceText({ source, tasks, failure }: Props) {
  return (
    <p
      className={styles.source}
      data-few={tasks.length <= fewOperators || undefined}
      tabIndex={0}
      role="region"
      aria-label="Source"
    >
      {cutSource(source, tasks).map((segment) =>
        segment.kind === 'text' ? (
          segment.text
        ) : (
          <Operation
            key={segment.position}
            text={segment.text}
            tone={toneOf(segment.tasks)}
            indices={segment.tasks.map(({ index }) => index)}
            isFailure={segment.position === failure?.position}
          />
        ),
      )}
    </p>
  )
})

interface OperationProps {
  text: string
  tone: Tone
  indices: readonly number[]
  isFailure: boolean
}

const Operation = memo(function Operation({ text, tone, indices, isFailure }: OperationProps) {
  const { hover, select } = useSelection()
  const mark = useMark(indices)
  return (
    <span
      className={styles.operator}
      data-tone={isFailure ? 'failed' : tone}
      data-active={mark}
      onPointerEnter={() => hover(indices[0] ?? null)}
      onPointerLeave={() => hover(null)}
      onClick={() => select(indices[0] ?? null)}
      data-failure={isFailure || undefined}
    >
      {text}
    </span>
  )
})
