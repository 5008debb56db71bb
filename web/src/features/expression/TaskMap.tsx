import { memo, Suspense } from 'react'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Panel } from '../../components/Panel.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { lazyPart } from '../../components/lazy-part.tsx'
import { formatCount } from '../../format/number.ts'
import { useLanguage } from '../../language/language.ts'
import { t } from '../../language/t.ts'
import { StateMark } from './task/StateMark.tsx'
import { stateLook, stateOf, states, type State } from './task/task-look.ts'
import type { Durations } from './task/useDurations.ts'
import styles from './TaskMap.module.css'
import type { Task } from './useTasks.ts'

export const TaskGraph = lazyPart(() => import('./graph/TaskGraph.tsx'))

interface Props {
  /** Null until they have come. */
  tasks: readonly Task[] | null
  plan: readonly Task[] | null
  durations: Durations
}

/** All tasks in one picture. */
export const TaskMap = memo(function TaskMap({ tasks, plan, durations }: Props) {
  useLanguage()
  return (
    <div className={styles.map}>
      <Panel title={t('Operations')} aside={tasks && tasks.length > 0 && <Legend tasks={tasks} />}>
        {tasks === null ? (
          <Skeleton height="18rem" />
        ) : tasks.length === 0 ? (
          <EmptyState title={t('No operations to show')}>
            <p>
              {t('A lone number has none. Those of an older expression are purged after a while; its result stays.')}
            </p>
          </EmptyState>
        ) : (
          <Suspense fallback={<Skeleton height="18rem" />}>
            <TaskGraph plan={plan ?? tasks} tasks={tasks} durations={durations} />
          </Suspense>
        )}
      </Panel>
    </div>
  )
})

function Legend({ tasks }: { tasks: readonly Task[] }) {
  const counts = new Map<State, number>()
  for (const task of tasks) counts.set(stateOf(task), (counts.get(stateOf(task)) ?? 0) + 1)
  return (
    <ul className={styles.legend} aria-label={t('Operations by status')}>
      {states
        .filter((state) => counts.has(state))
        .map((state) => (
          <li key={state} className={styles.entry} data-tone={stateLook[state].tone}>
            <StateMark state={state} />
            {t(stateLook[state].word)} {formatCount(counts.get(state) ?? 0)}
          </li>
        ))}
    </ul>
  )
}
