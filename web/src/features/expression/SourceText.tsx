import { memo } from 'react'
import { taskStatusLook, type Tone } from '../../format/status.ts'
import { cutSource } from './source-segments.ts'
import styles from './SourceText.module.css'
import type { Task } from './useTasks.ts'

interface Props {
  source: string
  tasks: readonly Task[]
  active: number | null
  /** The operator at which the expression failed. */
  failure: { readonly position: number } | null
}

/** Up to here the colours fade into each other; thousands of transitions a second are more than a browser can bear. */
const fewOperators = 150

/** The source, each operator in the colour of its task's status. */
export const SourceText = memo(function SourceText({ source, tasks, active, failure }: Props) {
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
          <Operator
            key={segment.position}
            text={segment.text}
            tone={taskStatusLook[segment.operator.status].tone}
            isActive={segment.operator.index === active}
            isFailure={segment.position === failure?.position}
          />
        ),
      )}
    </p>
  )
})

interface OperatorProps {
  text: string
  tone: Tone
  isActive: boolean
  isFailure: boolean
}

const Operator = memo(function Operator({ text, tone, isActive, isFailure }: OperatorProps) {
  return (
    <span
      className={styles.operator}
      data-tone={isFailure ? 'failed' : tone}
      data-active={isActive || undefined}
      data-failure={isFailure || undefined}
    >
      {text}
    </span>
  )
})
