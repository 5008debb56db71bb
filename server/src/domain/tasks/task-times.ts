/**
 * When a task became ready, was started and finished, in milliseconds since the Unix epoch: always in this order, and none before its
 * operands were known. They come from several clocks, an agent's and those of replicas that have owned the expression, which may differ by
 * milliseconds. What is in the log is read by the same rules as what comes in, so that a task's times are the same after a restart.
 * See docs/decisions/0027.
 */
export interface TaskTimes {
  readyAt: number | null
  startedAt: number | null
  finishedAt: number | null
}

/** An operand is known since then. Returns whether the task finishes later by that, which those that take its result have to hear. */
export function noteOperand(times: TaskTimes, knownAt: number): boolean {
  if (times.readyAt === null || times.readyAt < knownAt) times.readyAt = knownAt
  return putInOrder(times)
}

export function noteFinish(times: TaskTimes, startedAt: number | null, finishedAt: number): void {
  times.startedAt = startedAt === null ? null : Math.min(startedAt, finishedAt)
  times.finishedAt = finishedAt
  putInOrder(times)
}

/** Returns whether it finishes later. */
function putInOrder(times: TaskTimes): boolean {
  const { readyAt, startedAt, finishedAt } = times
  if (readyAt === null) return false
  if (startedAt !== null && startedAt < readyAt) times.startedAt = readyAt
  if (finishedAt === null || finishedAt >= readyAt) return false
  times.finishedAt = readyAt
  return true
}
