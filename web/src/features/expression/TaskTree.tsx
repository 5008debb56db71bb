import { memo, useMemo } from 'react'
import { formatNumber, plural, shorten } from '../../format/number.ts'
import { operatorSign } from '../../format/operator.ts'
import { taskStatusLook } from '../../format/status.ts'
import styles from './TaskTree.module.css'
import { layOutTree, nodeRadius, type TreeLayout } from './tree-layout.ts'
import type { Task } from './useTasks.ts'

interface Props {
  tasks: readonly Task[]
  active: number | null
  onActivate: (index: number | null) => void
}

/** How small the tree may become to fit its place; from there on one scrolls. */
const smallestScale = 0.55

/** The tasks as a tree that lights up while they are computed. Readers of the screen have the table of the same tasks. */
export function TaskTree({ tasks, active, onActivate }: Props) {
  const layout = useLayout(tasks)
  if (!layout) return null
  return (
    <div className={styles.frame} tabIndex={0} role="region" aria-label="Tree of operations">
      <svg
        className={styles.tree}
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        style={{ maxWidth: layout.width, minWidth: layout.width * smallestScale }}
        role="img"
        aria-label={`A tree of ${plural(tasks.length, 'operation')}`}
        onPointerLeave={() => onActivate(null)}
      >
        {layout.links.map(({ key, from, to, task }) => (
          <path
            key={key}
            className={styles.link}
            data-tone={task === null ? 'waiting' : toneOf(tasks[task])}
            d={`M${from.x} ${from.y}C${from.x} ${(from.y + to.y) / 2} ${to.x} ${(from.y + to.y) / 2} ${to.x} ${to.y}`}
          />
        ))}
        {layout.nodes.map(({ key, x, y, width, content }) =>
          content.kind === 'number' ? (
            <g key={key} transform={`translate(${x} ${y})`}>
              <rect className={styles.ground} x={-width / 2} y={-11} width={width} height={22} rx={6} />
              <text className={styles.number}>{formatNumber(content.text)}</text>
            </g>
          ) : (
            <g key={key} transform={`translate(${x} ${y})`} onPointerEnter={() => onActivate(content.index)}>
              <TaskNode task={tasks[content.index]} isNegated={content.isNegated} isActive={content.index === active} />
            </g>
          ),
        )}
      </svg>
    </div>
  )
}

const toneOf = (task: Task | undefined) => taskStatusLook[task?.status ?? 'WAITING'].tone

/** The places hang on the plan alone, which never changes: laid out once, when all tasks are known. */
function useLayout(tasks: readonly Task[]): TreeLayout | null {
  const count = tasks.length
  // eslint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => layOutTree(tasks), [count])
}

const TaskNode = memo(function TaskNode(props: { task: Task | undefined; isNegated: boolean; isActive: boolean }) {
  const { task, isNegated, isActive } = props
  if (!task) return null
  return (
    <g className={styles.node} data-tone={toneOf(task)} data-active={isActive || undefined}>
      <circle className={styles.halo} r={nodeRadius} />
      <circle className={styles.circle} r={nodeRadius} />
      <text className={styles.sign}>{operatorSign[task.operator]}</text>
      {isNegated && (
        <text className={styles.negation} x={-nodeRadius - 6} y={-nodeRadius + 6}>
          −
        </text>
      )}
      {task.result && (
        <text className={styles.value} y={nodeRadius + 11}>
          {formatNumber(shorten(task.result.short, 9))}
        </text>
      )}
    </g>
  )
})
