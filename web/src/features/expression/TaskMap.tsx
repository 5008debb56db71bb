import { lazy, memo, Suspense } from 'react'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Panel } from '../../components/Panel.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { formatCount } from '../../format/number.ts'
import { taskStatusLook } from '../../format/status.ts'
import type { TaskStatus } from '../../graphql.ts'
import type { Durations } from './task/useDurations.ts'
import styles from './TaskMap.module.css'
import type { Task } from './useTasks.ts'

const TaskGraph = lazy(() => import('./graph/TaskGraph.tsx'))

interface Props {
  /** Null until they have come. */
  tasks: readonly Task[] | null
  plan: readonly Task[] | null
  durations: Durations
}

/** All tasks in one picture. */
export const TaskMap = memo(function TaskMap({ tasks, plan, durations }: Props) {
  return (
    <Panel title="Operations" aside={tasks && tasks.length > 0 && <Legend tasks={tasks} />}>
      {tasks === null ? (
        <Skeleton height="18rem" />
      ) : tasks.length === 0 ? (
        <EmptyState title="No operations to show">
          <p>A lone number has none. Those of an older expression are purged after a while; its result stays.</p>
        </EmptyState>
      ) : (
        <Suspense fallback={<Skeleton height="18rem" />}>
          <TaskGraph plan={plan ?? tasks} tasks={tasks} durations={durations} />
        </Suspense>
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
