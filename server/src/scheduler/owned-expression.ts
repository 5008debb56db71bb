import type { OperationDurations } from '../domain/operation.ts'
import { remainingPathMs } from '../domain/plan-analysis.ts'
import type { Plan } from '../domain/plan.ts'
import { TaskGraph, type LoggedResult } from '../domain/task-graph.ts'
import { viewTask, type TaskView } from '../domain/task-view.ts'

/** An expression that this replica computes, with its graph in memory. */
export class OwnedExpression {
  readonly id: string
  readonly ownerId: string
  /** Fences what this replica writes, should it be thought lost. */
  readonly epoch: number
  readonly graph: TaskGraph
  /** Of each task the longest way to the end, in milliseconds, by the durations that stood when it was taken in. */
  readonly remainingMs: readonly number[]
  /** Failed attempts by task, where there are any. */
  readonly failures = new Map<number, number>()
  /** Nothing of it is placed or accepted any more. */
  ended = false
  /** It was taken over, and agents that may hold its tasks have still time to come back: nothing of it is placed yet. */
  recovering = false

  constructor(
    row: { id: string; ownerId: string; epoch: number; plan: Plan },
    log: readonly LoggedResult[],
    durations: OperationDurations,
    now: number,
  ) {
    this.id = row.id
    this.ownerId = row.ownerId
    this.epoch = row.epoch
    this.graph = new TaskGraph(row.plan, log, now)
    this.remainingMs = remainingPathMs(row.plan, durations)
  }

  views(tasks?: readonly number[]): TaskView[] {
    const standing = { id: this.id, epoch: this.epoch, ended: null }
    const existing = tasks?.filter((index) => index < this.graph.tasks.length) ?? [...this.graph.tasks.keys()]
    return existing.map((index) => viewTask(this.graph, index, standing))
  }
}
