import type { OperationDurations } from '../operation.ts'
import type { TaskGraph } from '../tasks/task-graph.ts'

/** An expression that has still something to compute. */
export interface PendingExpression {
  /** The user. */
  readonly ownerId: string
  readonly graph: TaskGraph
  /** Of each task the longest way to the end, in milliseconds: the order of placing. */
  readonly remainingMs: readonly number[]
  /** Whether a task is to be computed still: not all are where the expression is bound to fail. */
  wants(task: number): boolean
}

export interface PendingTask {
  readonly expression: PendingExpression
  readonly task: number
}

/** What a slot is busy with. */
export interface Occupation {
  /** Null for one of an expression that is another replica's. */
  readonly of: PendingTask | null
  readonly remainingMs: number
  /** False where its agent takes nothing more: it is to leave, or is away. */
  readonly freesSlot: boolean
}

/** Work of which nothing is known but how much it is. */
export interface Bulk {
  readonly userId: string
  readonly tasks: number
  readonly totalMs: number
}

/** What there is to compute at a moment, and what with. */
export interface Workload {
  readonly freeSlots: number
  readonly occupied: readonly Occupation[]
  /** At agents already, ahead of their slots. */
  readonly ahead: readonly PendingTask[]
  /** Ready and in line for a slot. */
  readonly waiting: Iterable<PendingTask>
  /** Not in line again before their time: an agent could not compute them. */
  readonly retries: Iterable<PendingTask & { readonly inMs: number }>
  /** Goes before anything else of its users. */
  readonly bulks: readonly Bulk[]
  readonly durations: OperationDurations
  /** How much longer than its duration a task keeps its slot: the way to the agent and back, and what its timers are late. */
  readonly overheadMs: number
}
