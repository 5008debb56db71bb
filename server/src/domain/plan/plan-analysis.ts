import { durationOf, type OperationDurations } from '../operation.ts'
import type { Operand, Plan, PlannedTask } from './plan.ts'

/** The shortest time in which a plan can be computed, with unlimited agents. */
export function criticalPathMs(plan: Plan, durations: OperationDurations): number {
  return longestPath(plan, ({ operation }) => durationOf(durations, operation))
}

/** How many operations stand on the longest chain from a number to the root. */
export function depth(plan: Plan): number {
  return longestPath(plan, () => 1)
}

/** The time that one slot needs for everything. */
export function totalDurationMs(plan: Plan, durations: OperationDurations): number {
  return plan.tasks.reduce((total, { operation }) => total + durationOf(durations, operation), 0)
}

/**
 * For each task the time from its start to the end of the whole, with unlimited agents: its own duration and those of all tasks
 * that wait for it in turn. Of tasks that are ready, the one with the longest should start first.
 */
export function remainingPathMs(plan: Plan, durations: OperationDurations): number[] {
  const { tasks } = plan
  const remaining = new Array<number>(tasks.length).fill(0)
  // Parents before children: all that wait for a task have added their own remaining time by the time it is reached.
  for (let index = tasks.length - 1; index >= 0; index -= 1) {
    const task = tasks[index]
    if (task === undefined) break
    const path = (remaining[index] ?? 0) + durationOf(durations, task.operation)
    remaining[index] = path
    for (const operand of task.operands)
      if ('task' in operand && (remaining[operand.task] ?? 0) < path) remaining[operand.task] = path
  }
  return remaining
}

function longestPath({ tasks, root }: Plan, lengthOf: (task: PlannedTask) => number): number {
  const paths: number[] = []
  const pathTo = (operand: Operand): number => ('task' in operand ? (paths[operand.task] ?? 0) : 0)
  for (const task of tasks) {
    let longest = 0
    for (const operand of task.operands) longest = Math.max(longest, pathTo(operand))
    paths.push(longest + lengthOf(task))
  }
  return pathTo(root)
}
