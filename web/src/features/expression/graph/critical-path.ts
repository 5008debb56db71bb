import { taskCount, type GraphShape } from './graph-shape.ts'

interface TimedTask {
  readonly operation: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
}

/**
 * The chain that decides when all is done, from the root down: at each step the operand that came last, or that will by today's
 * durations. What has finished counts as it was.
 */
export function criticalPath(
  shape: GraphShape,
  tasks: readonly TimedTask[],
  durations: ReadonlyMap<string, number>,
): readonly number[] {
  const { offsets, operands } = shape
  const count = taskCount(shape)
  // What is still to come ends behind all that has ended; both are told apart by `isAhead`.
  const endsAt = new Float64Array(count)
  const isAhead = new Uint8Array(count)
  const before = new Int32Array(count).fill(-1)
  const isLater = (task: number, other: number) => isAhead[task]! - isAhead[other]! || endsAt[task]! - endsAt[other]!
  for (let task = 0; task < count; task += 1) {
    const { operation = '', finishedAt = null } = tasks[task] ?? {}
    for (let slot = offsets[task]!; slot < offsets[task + 1]!; slot += 1) {
      const child = operands[slot]!
      if (child >= 0 && (before[task] === -1 || isLater(child, before[task]!) > 0)) before[task] = child
    }
    const last = before[task]!
    if (finishedAt !== null) endsAt[task] = Date.parse(finishedAt)
    else {
      isAhead[task] = 1
      endsAt[task] = (last >= 0 && isAhead[last] ? endsAt[last]! : 0) + (durations.get(operation) ?? 0)
    }
  }
  const path: number[] = []
  for (let task = count - 1; task >= 0; task = before[task]!) path.push(task)
  return path
}
