import { ownedOf } from './assignment.ts'
import type { Session } from './session.ts'
import type { TaskRef } from './state.ts'

/** A task that waits in line may have been settled, or given back to its agent, in the meantime. */
export const isPlaceable = ({ owned, task }: TaskRef): boolean =>
  owned.phase === 'running' && !owned.remote?.has(task) && owned.graph.task(task).state === 'READY' && owned.wants(task)

/** Whether an agent has this very task already, and is late with it. */
export const holdsAlready = ({ assignments }: Session, { owned, task }: TaskRef): boolean =>
  owned.failures.has(task) &&
  [...assignments.values()].some((assignment) => assignment.task === task && ownedOf(assignment) === owned)
