import { memo, useRef, useState } from 'react'
import { formatNumber, plural, shortenNumber } from '../../format/number.ts'
import { isOperator, operationMark, operationTitle } from '../../format/operation.ts'
import { taskStatusLook } from '../../format/status.ts'
import { useMark, useSelection } from './selection.ts'
import styles from './TaskTree.module.css'
import { layOutTree, nodeRadius } from './tree-layout.ts'
import { useKeptCentre } from './useKeptCentre.ts'
import type { Task } from './useTasks.ts'

interface Place {
  readonly x: number
  readonly y: number
}

interface Props {
  tasks: readonly Task[]
}

/** How small the tree may become to fit its place; from there on one scrolls. */
const smallestScale = 0.7

const longestValue = 8

/** The tasks as a tree that lights up while they are computed. Readers of the screen have the table of the same tasks. */
export function TaskTree({ tasks }: Props) {
  // The places hang on the plan alone, which never changes.
  const [layout] = useState(() => layOutTree(tasks))
  const { hover, select } = useSelection()
  const frame = useRef<HTMLDivElement>(null)

  // Where the tree is wider than its place, its root is what one sees first.
  const rootAt = layout && layout.root.x / layout.width
  useKeptCentre(frame, rootAt)

  if (!layout) return null
  return (
    <div ref={frame} className={styles.frame} tabIndex={0} role="region" aria-label="Tree of operations">
      <svg
        className={styles.tree}
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        style={{ maxWidth: layout.width, minWidth: layout.width * smallestScale }}
        role="img"
        aria-label={`A tree of ${plural(tasks.length, 'operation')}`}
        onPointerLeave={() => hover(null)}
      >
        {layout.links.map(({ key, from, to, task }) => (
          <path
            key={key}
            className={styles.link}
            data-tone={task === null ? 'waiting' : toneOf(tasks[task])}
            d={arch(from, to)}
          />
        ))}
        {layout.nodes.map(({ key, x, y, width, content }) =>
          content.kind === 'number' ? (
            <g key={key} transform={`translate(${x} ${y})`}>
              <rect className={styles.ground} x={-width / 2} y={-11} width={width} height={22} rx={6} />
              <text className={styles.number}>{formatNumber(content.text)}</text>
            </g>
          ) : (
            <g
              key={key}
              id={content.kind === 'task' ? nodeId(content.index) : undefined}
              transform={`translate(${x} ${y})`}
              onPointerEnter={() => hover(content.index)}
              onClick={() => {
                select(content.index)
                if (content.kind === 'reference') show(content.index)
              }}
            >
              <TaskNode
                index={content.index}
                task={tasks[content.index]}
                isNegated={content.isNegated}
                isReference={content.kind === 'reference'}
              />
            </g>
          ),
        )}
      </svg>
    </div>
  )
}

const nodeId = (index: number) => `task-${index}`

/** Brings the place where a task is drawn whole into view. */
const show = (index: number) =>
  document.getElementById(nodeId(index))?.scrollIntoView({ block: 'center', inline: 'center', behavior: 'smooth' })

/** Leaves sideways, so that the value under the upper node stays free, and comes in from above. */
const arch = (from: Place, to: Place) =>
  `M${from.x} ${from.y}C${(from.x + 2 * to.x) / 3} ${from.y} ${to.x} ${(2 * from.y + to.y) / 3} ${to.x} ${to.y}`

const toneOf = (task: Task | undefined) => taskStatusLook[task?.status ?? 'WAITING'].tone

interface NodeProps {
  index: number
  task: Task | undefined
  isNegated: boolean
  /** The task is drawn elsewhere, with what it works on. */
  isReference: boolean
}

const TaskNode = memo(function TaskNode({ index, task, isNegated, isReference }: NodeProps) {
  const mark = useMark([index])
  if (!task) return null
  return (
    <g className={styles.node} data-tone={toneOf(task)} data-active={mark} data-reference={isReference || undefined}>
      <title>
        {`${operationTitle(task.operation)}${isReference ? `: operation ${task.index + 1}, which is drawn once` : ''}`}
      </title>
      <circle className={styles.halo} r={nodeRadius} />
      <circle className={styles.circle} r={nodeRadius} />
      <text className={styles.sign} data-function={!isOperator(task.operation) || undefined}>
        {operationMark(task.operation)}
      </text>
      {isNegated && (
        <text className={styles.negation} x={-nodeRadius - 6} y={-nodeRadius + 6}>
          −
        </text>
      )}
      {task.result && (
        <text className={styles.value} y={nodeRadius + 11}>
          {formatNumber(shortenNumber(task.result.short, longestValue))}
        </text>
      )}
    </g>
  )
})
