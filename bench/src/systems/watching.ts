import type { Expression, Operator } from '../workload/expression.ts'

/** Many who watch one expression, each on a socket of its own, in processes of their own beside the benchmark's. */
export interface Watching {
  /** Sets how long operations take from now on, each operator's its own, so that they do not end in step. */
  setDurations(durations: Readonly<Record<Operator, number>>): Promise<void>
  /** Has so many in all watch an expression that was submitted. Resolves when each was shown all of it. */
  watch(expression: Expression, subscribers: number): Promise<void>
  /** Begins to take note of what they are shown. */
  begin(): Promise<void>
  /** What they were shown since then. Resolves when all have seen each operation that has ended by now; fails where one has not in time. */
  report(): Promise<Shown>
  /** Ends all who watch. */
  stop(): Promise<void>
}

export interface Shown {
  /** From an operation's result on its way into the log to its end at a subscriber: one for each of the former and of the latter. */
  readonly delaysMs: readonly number[]
  /** Messages with news, to all together. */
  readonly payloads: number
  /** How late the processes of those who watch get to what came, 99 times of 100: what they add themselves to the delays. */
  readonly clientDelayMs: number
}
