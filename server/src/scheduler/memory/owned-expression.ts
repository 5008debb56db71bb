import type { OperationDurations } from '../../domain/operation.ts'
import { remainingPathMs } from '../../domain/plan/plan-analysis.ts'
import { spanOf, type Plan } from '../../domain/plan/plan.ts'
import { findWhatMayFail } from '../../domain/plan/may-fail.ts'
import { Failing, type TaskFault } from '../../domain/tasks/failing.ts'
import { areSpent, needsAgentAlone, type Failure, type Failures } from '../../domain/tasks/attempt.ts'
import { TaskGraph, type LoggedResult } from '../../domain/tasks/task-graph.ts'
import type { Assignee } from '../../domain/tasks/task-record.ts'
import { viewTask, type TaskView } from '../../domain/tasks/task-view.ts'
import type { ExpressionRow } from '../../store/expressions/load-expressions.ts'
import type { Origin } from './assignment.ts'
import type { RemoteAssignment } from './remote-assignment.ts'

/** Under this one an expression has its first owner. */
export const firstEpoch = 1

/** One map for all expressions of which there is nothing to note, which are most. */
const nothing: ReadonlyMap<number, never> = new Map<number, never>()

/**
 * How far an expression has come at this replica.
 *
 * - `recovering`: taken over, and agents that may have tasks of it have still time to come back: none is placed yet.
 * - `running`: its tasks are placed.
 * - `ended`: it came to its end, by whomever. Nothing of it is placed or accepted any more.
 * - `released`: it has not come to its end, and whoever owns it now goes on with its log.
 */
export type Phase = 'recovering' | 'running' | 'ended' | 'released'

/** An expression that this replica computes, with its graph in memory. */
export class OwnedExpression {
  readonly id: string
  readonly ownerId: string
  /** Fences what this replica writes, should it be thought lost. */
  readonly epoch: number
  /** Assignments and failures of an epoch before this one were before a retry, and no longer count. */
  readonly retryEpoch: number
  /** As it is while it runs; undefined where this replica has not got all of it. */
  readonly row: ExpressionRow | undefined
  readonly graph: TaskGraph
  /** The longest way of each task to the end, in milliseconds, by the durations that stood when it was taken in. */
  readonly remainingMs: readonly number[]
  /** By task; one that is told of twice counts once. */
  private failed: Map<number, Map<number, Failure>> | null = null
  /** Agents that are late with a task, by task: it was given to others too, but these may still be first. */
  private late: Map<number, readonly Assignee[]> | null = null
  /** When tasks are tried again that an agent could not compute, by task. */
  private later: Map<number, number> | null = null
  /** By task, where other replicas have it or may take it; null as long as none of them ever may. `RemoteAssignments` alone changes it. */
  remote: Map<number, readonly RemoteAssignment[]> | null = null
  /** As its assignments name it; one for all of them. */
  readonly origin: Origin = { kind: 'owned', owned: this }
  /** Null as long as no task was found to have no result. */
  #failing: Failing | null = null
  #phase: Phase = 'running'

  constructor(
    expression: Pick<OwnedExpression, 'id' | 'ownerId' | 'epoch' | 'retryEpoch'> & { plan: Plan; row?: ExpressionRow },
    log: readonly LoggedResult[],
    durations: OperationDurations,
    now: number,
  ) {
    this.id = expression.id
    this.ownerId = expression.ownerId
    this.epoch = expression.epoch
    this.retryEpoch = expression.retryEpoch
    this.row = expression.row
    this.graph = new TaskGraph(expression.plan, log, expression.row?.startedAt?.getTime() ?? now)
    this.remainingMs = remainingPathMs(expression.plan, durations)
  }

  get phase(): Phase {
    return this.#phase
  }

  /** Whether it has left this replica's memory, or is about to. */
  get isOver(): boolean {
    return this.#phase === 'ended' || this.#phase === 'released'
  }

  /** Whether a task is to be computed still: not where the expression is bound to fail, whatever comes of it. */
  wants(task: number): boolean {
    return this.#failing === null || this.#failing.wants(task)
  }

  /** Takes in that a task has no result. Returns the tasks that are no longer wanted for that. */
  noteFault(fault: TaskFault, maxDigits: number): readonly number[] {
    const { graph } = this
    this.#failing ??= new Failing(graph, findWhatMayFail(graph.plan, maxDigits), fault)
    const useless = this.#failing.note(fault)
    for (const task of useless) graph.task(task).revision++
    return useless
  }

  /** What it fails of, once nothing further left in its source can fail any more; null where it does not, or that is not known yet. */
  get fault(): TaskFault | null {
    return this.#failing?.isDecided === true ? this.#failing.leftmost : null
  }

  /** Whether there is nothing more to wait for. */
  get isDone(): boolean {
    return this.graph.isComplete || this.fault !== null
  }

  recover(): void {
    this.#advance('recovering')
    // By the replica that was lost, for all that is known.
    this.remote ??= new Map()
  }

  run(): void {
    this.#advance('running')
  }

  end(): void {
    this.#advance('ended')
  }

  /** Even where it was to end: the database has refused that. */
  release(): void {
    this.#phase = 'released'
  }

  #advance(phase: Phase): void {
    if (!this.isOver) this.#phase = phase
  }

  /** Failed attempts by task, where there are any. */
  get failures(): ReadonlyMap<number, Failures> {
    return this.failed ?? nothing
  }

  /** When tasks are tried again that an agent could not compute, in milliseconds since the Unix epoch, by task. */
  get retries(): ReadonlyMap<number, number> {
    return this.later ?? nothing
  }

  noteRetry(task: number, at: number): void {
    this.later ??= new Map()
    this.later.set(task, at)
  }

  forgetRetry(task: number): void {
    this.later?.delete(task)
  }

  /** Takes note of an attempt that failed. Returns how many have. */
  noteFailure(task: number, attempt: number, { outcome, alone }: Failure): number {
    this.failed ??= new Map()
    const attempts = this.failed.get(task) ?? new Map<number, Failure>()
    this.failed.set(task, attempts.set(attempt, { outcome, alone }))
    return attempts.size
  }

  failuresOf(task: number): number {
    return this.failures.get(task)?.size ?? 0
  }

  /** Whether it is to be computed with nothing beside it. */
  needsAgentAlone(task: number, maxAttempts: number): boolean {
    const failures = this.failures.get(task)
    return failures !== undefined && needsAgentAlone(failures, maxAttempts)
  }

  isSpent(task: number, maxAttempts: number): boolean {
    const failures = this.failures.get(task)
    return failures !== undefined && areSpent(failures, maxAttempts)
  }

  noteLate(task: number, holder: Assignee): void {
    this.late ??= new Map()
    this.late.set(task, [...(this.late.get(task) ?? []), holder])
  }

  /** Whoever computes a task, those that are late with it included. */
  assigneesOf(task: number): readonly Assignee[] {
    const { assignees } = this.graph.task(task)
    const late = this.late?.get(task)
    return late ? [...assignees, ...late] : assignees
  }

  /** Its row now that all its results have ended it; undefined where this replica has not got all of it. */
  endedRow(finishedAt: Date): ExpressionRow | undefined {
    const { row, graph } = this
    if (row === undefined) return undefined
    const { operationCount, version } = row
    const outcome = { status: 'SUCCEEDED', result: graph.result, completedTasks: operationCount, finishedAt } as const
    return { ...row, ...outcome, version: version + 1, replicaId: null }
  }

  /** A task's operator as its user wrote it, `÷`; its name where this replica has not got the source. */
  spellingOf(task: number): string {
    const planned = this.graph.plan.tasks[task]
    if (planned === undefined) throw new RangeError(`There is no task ${task}.`)
    const { position, length } = spanOf(planned)
    return this.row?.source.slice(position, position + length) ?? planned.operation
  }

  views(tasks?: readonly number[]): TaskView[] {
    const standing = { id: this.id, epoch: this.epoch, ended: null, failing: this.#failing }
    const existing = tasks?.filter((index) => index < this.graph.tasks.length) ?? [...this.graph.tasks.keys()]
    return existing.map((index) => viewTask(this.graph, index, standing))
  }
}
