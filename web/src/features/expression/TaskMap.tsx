import { memo } from 'react'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Panel } from '../../components/Panel.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { formatCount } from '../../format/number.ts'
import { taskStatusLook } from '../../format/status.ts'
import type { TaskStatus } from '../../graphql.ts'
import { TaskGrid } from './TaskGrid.tsx'
import styles from './TaskMap.module.css'
import { TaskTree } from './TaskTree.tsx'
import type { Task } from './useTasks.ts'

/** Up to here a tree can be taken in; beyond it, a grid. */
const largestTree = 150

interface Props {
  /** Null until they have come. */
  tasks: readonly Task[] | null
}

/** All tasks in one picture. */
export const TaskMap = memo(function TaskMap({ tasks }: Props) {
  return (
    <Panel title="Operations" aside={tasks && tasks.length > 0 && <Legend tasks={tasks} />}>
      {tasks === null ? (
        <Skeleton height="18rem" />
      ) : tasks.length === 0 ? (
        <EmptyState title="No operations to show">
          <p>A lone number has none. Those of an older expression are purged after a while; its result stays.</p>
        </EmptyState>
      ) : tasks.length > largestTree ? (
        <TaskGrid tasks={tasks} />
      ) : (
        <TaskTree key={tasks.length} tasks={tasks} />
      )}
    </Panel>
  )
})

const statuses = Object.keys(taskStatusLook) as TaskStatus[]

function Legend({ tasks }: { tasks: readonly Task[] }) {
  const counts = new Map<TaskStatus, number>()
  for (const { status } of tasks) counts.set(status, (counts.get(status) ?? 0) + 1)
  return (
    <ul className={styles.legend} aria-label="Operations by status">
      {statuses
        .filter((status) => counts.has(status))
        .map((status) => (
          <li key={status} className={styles.entry} data-tone={taskStatusLook[status].tone}>
            <span className={styles.swatch} aria-hidden="true" />
            {taskStatusLook[status].word} {formatCount(counts.get(status) ?? 0)}
          </li>
        ))}
    </ul>
  )
}
