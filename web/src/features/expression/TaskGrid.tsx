import { memo } from 'react'
import { plural } from '../../format/number.ts'
import { taskStatusLook } from '../../format/status.ts'
import type { TaskStatus } from '../../graphql.ts'
import styles from './TaskGrid.module.css'
import type { Task } from './useTasks.ts'

const stripLength = 100

/** Many tasks at a glance: a cell each, in the order of the plan, so that the colour runs from the leaves to the root. */
export function TaskGrid({ tasks }: { tasks: readonly Task[] }) {
  const strips = Array.from({ length: Math.ceil(tasks.length / stripLength) }, (_, strip) =>
    tasks
      .slice(strip * stripLength, (strip + 1) * stripLength)
      .map(({ status }) => status)
      .join(' '),
  )
  return (
    <div className={styles.grid} role="img" aria-label={`The status of ${plural(tasks.length, 'operation')}`}>
      {strips.map((statuses, strip) => (
        <Strip key={strip} statuses={statuses} />
      ))}
    </div>
  )
}

/** Takes its statuses as one string: a strip in which nothing has changed costs one comparison. */
const Strip = memo(function Strip({ statuses }: { statuses: string }) {
  return statuses
    .split(' ')
    .map((status, index) => (
      <span key={index} className={styles.cell} data-tone={taskStatusLook[status as TaskStatus].tone} />
    ))
})
