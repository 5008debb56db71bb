import type { TaskRef } from './state.ts'

/** A task that waits in line may have been settled, or given back to its agent, in the meantime. */
export const isPlaceable = ({ owned, task }: TaskRef): boolean =>
  owned.phase === 'running' && !owned.remote?.has(task) && owned.graph.task(task).state === 'READY' && owned.wants(task)
