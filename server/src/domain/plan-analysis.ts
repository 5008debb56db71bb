import type { OperationDurations } from './operation.ts'
import type { Operand, Plan } from './plan.ts'

/** The shortest time in which a plan can be computed, with unlimited agents. */
export function criticalPathMs(plan: Plan, durations: OperationDurations): number {
  return longestPath(plan, (index) => durations[plan.tasks[index]?.operation ?? 'ADD'])
}

/** How many operations stand on the longest chain from a number to the root. */
export function depth(plan: Plan): number {
  return longestPath(plan, () => 1)
}

/** The time that one slot needs for everything. */
export function totalDurationMs(plan: Plan, durations: OperationDurations): number {
  return plan.tasks.reduce((total, { operation }) => total + durations[operation], 0)
}

/**
 * For each task the time from its start to the end of the whole, with unlimited agents: its own duration and those of all tasks
 * that wait for it in turn. Of tasks that are ready, the one with the longest should start first.
 */
export function remainingPathMs(plan: Plan, durations: OperationDurations): number[] {
  const remaining = new Array<number>(plan.tasks.length).fill(0)
  // Parents before children. A task has one parent, which has added its own remaining time by the time the task is reached.
  for (const [index, { operation, left, right }] of [...plan.tasks.entries()].reverse()) {
    const path = (remaining[index] ?? 0) + durations[operation]
    remaining[index] = path
    for (const operand of [left, right]) {
      if ('task' in operand) remaining[operand.task] = path
    }
  }
  return remaining
}

function longestPath({ tasks }: Plan, lengthOf: (index: number) => number): number {
  const paths: number[] = []
  const pathTo = (operand: Operand): number => ('task' in operand ? (paths[operand.task] ?? 0) : 0)
  for (const [index, { left, right }] of tasks.entries()) {
    paths.push(Math.max(pathTo(left), pathTo(right)) + lengthOf(index))
  }
  return paths.at(-1) ?? 0
}
