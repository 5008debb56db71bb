import { valueOfLiteral } from '../expression/literal.ts'
import { negate } from '../number/number.ts'
import type { Operand, Plan } from '../plan/plan.ts'

/**
 * WAITING for an operand; READY to be placed; ASSIGNED to an agent; COMPUTED: its value is known but not yet in the log, which is
 * enough to go on with its parent; SUCCEEDED: in the log.
 */
export type TaskState = 'WAITING' | 'READY' | 'ASSIGNED' | 'COMPUTED' | 'SUCCEEDED'

/** An agent that was given a task and has neither returned nor lost it. */
export interface Assignee {
  readonly agentId: string
  readonly attempt: number
  readonly ticket: string
}

/** An entry of the log. Times are in milliseconds since the Unix epoch. */
export interface LoggedResult {
  readonly task: number
  readonly value: string
  readonly agentId: string
  readonly attempt: number
  readonly readyAt: number | null
  readonly startedAt: number
  readonly finishedAt: number
}

export interface TaskRecord {
  state: TaskState
  value: string | null
  /** Operands that are not known yet. */
  waitingFor: number
  /** The task that takes this one's result; -1 for the root. A plan is a tree, so there is but one. */
  parent: number
  /** The highest attempt given out. */
  attempt: number
  assignees: readonly Assignee[]
  /** The agent of the last attempt, or of the one that brought the result. */
  agentId: string | null
  readyAt: number | null
  startedAt: number | null
  finishedAt: number | null
  /** Rises with every change, so that watchers can order what they see. */
  revision: number
}

/**
 * The state of an expression's tasks, in memory at its owner: nothing but the plan and the log, and who holds what. Pure: time comes
 * in as an argument, and losing a graph costs no more than a replay of the log.
 */
export class TaskGraph {
  readonly plan: Plan
  readonly tasks: TaskRecord[]
  /** How many results are in the log. */
  succeeded = 0

  constructor(plan: Plan, log: readonly LoggedResult[], now: number) {
    this.plan = plan
    this.tasks = plan.tasks.map(() => blankRecord())
    plan.tasks.forEach((task, index) => {
      for (const operand of [task.left, task.right])
        if ('task' in operand) {
          this.task(operand.task).parent = index
          this.task(index).waitingFor++
        }
    })
    for (const record of this.tasks) if (record.waitingFor === 0) becomeReady(record, now)
    for (const result of log) this.replay(result)
  }

  task(index: number): TaskRecord {
    const record = this.tasks[index]
    if (record === undefined) throw new RangeError(`The plan has ${this.tasks.length} tasks and no task ${index}.`)
    return record
  }

  /** What is ready to be placed. */
  ready(): number[] {
    return this.tasks.flatMap((record, index) => (record.state === 'READY' ? [index] : []))
  }

  /** The numbers that a task works on, once both are known. */
  operands(index: number): { left: string; right: string } {
    const known = this.knownOperands(index)
    if (known === null) throw new Error(`Task ${index} does not have its operands yet.`)
    return known
  }

  /** The numbers that a task works on; null while they are not both known. */
  knownOperands(index: number): { left: string; right: string } | null {
    const task = this.plan.tasks[index]
    const left = task && this.valueOf(task.left)
    const right = task && this.valueOf(task.right)
    return left == null || right == null ? null : { left, right }
  }

  /** The value of an operand, its minus applied; null while it is not known. */
  valueOf(operand: Operand): string | null {
    if ('literal' in operand) return valueOfLiteral(operand.literal)
    const { value } = this.task(operand.task)
    return value !== null && operand.negated ? negate(value) : value
  }

  /** The result of the whole expression; null while it is not known. */
  get result(): string | null {
    return this.valueOf(this.plan.root)
  }

  /**
   * Whether every result is in the log. The root's alone is not enough: a parent may be computed from a result that was lost with its
   * replica before it reached the log, and a log with a hole could not be told from one that was tampered with.
   */
  get isComplete(): boolean {
    return this.succeeded === this.tasks.length
  }

  /** Whether the operands are in the log, so that this task's state may be shown. */
  operandsAreCommitted(index: number): boolean {
    const task = this.plan.tasks[index]
    return (
      task !== undefined &&
      [task.left, task.right].every((o) => 'literal' in o || this.task(o.task).state === 'SUCCEEDED')
    )
  }

  /** The number of the attempt that begins when the task is given out anew. */
  nextAttempt(index: number): number {
    return this.task(index).attempt + 1
  }

  /** An attempt was made that this graph has not seen. A task with a value keeps the attempt that brought it. */
  noteAttempt(index: number, attempt: number): void {
    const record = this.task(index)
    if (record.value === null) record.attempt = Math.max(record.attempt, attempt)
  }

  /** An agent computes a task, be it given out now or before this replica knew of it. */
  assign(index: number, holder: Assignee, now: number): void {
    const record = this.task(index)
    record.state = 'ASSIGNED'
    record.assignees = [...record.assignees, holder]
    record.agentId = holder.agentId
    record.attempt = Math.max(record.attempt, holder.attempt)
    record.startedAt = now
    record.revision++
  }

  /** Takes a task from an agent. Returns whether it is ready to be placed again: nobody else holds it and its value is not known. */
  unassign(index: number, ticket: string): boolean {
    const record = this.task(index)
    record.assignees = record.assignees.filter((holder) => holder.ticket !== ticket)
    if (record.state !== 'ASSIGNED' || record.assignees.length > 0) return false
    record.state = record.waitingFor === 0 ? 'READY' : 'WAITING'
    record.startedAt = null
    record.revision++
    return record.state === 'READY'
  }

  /** Takes a value in. Returns the task that it makes ready, if any; `'duplicate'` where the value was known. */
  compute(index: number, value: string, agentId: string, now: number): number | null | 'duplicate' {
    const record = this.task(index)
    if (record.value !== null) return 'duplicate'
    record.value = value
    record.state = 'COMPUTED'
    record.assignees = none
    record.agentId = agentId
    record.finishedAt = now
    record.revision++
    if (record.parent === -1) return null
    const parent = this.task(record.parent)
    parent.waitingFor--
    // After a crash a parent may be out, or in the log, before the child that it was computed from: see `isComplete`.
    if (parent.waitingFor > 0 || parent.state !== 'WAITING') return null
    becomeReady(parent, now)
    return record.parent
  }

  /** The value of a task is in the log. */
  commit(index: number): void {
    const record = this.task(index)
    if (record.state === 'SUCCEEDED') return
    record.state = 'SUCCEEDED'
    record.revision++
    this.succeeded++
    // Its parent shows the value from here on: see `operandsAreCommitted`.
    if (record.parent !== -1) this.task(record.parent).revision++
  }

  /** Takes in an entry of the log, which has the last word on who was first. Returns the task that it makes ready, if any. */
  replay({ task, value, agentId, attempt, readyAt, startedAt, finishedAt }: LoggedResult): number | null {
    const ready = this.compute(task, value, agentId, finishedAt)
    this.commit(task)
    Object.assign(this.task(task), { agentId, attempt, readyAt, startedAt, finishedAt })
    return ready === 'duplicate' ? null : ready
  }
}

/** One list for all tasks that nobody holds, which are most. */
const none: readonly Assignee[] = []

const blankRecord = (): TaskRecord => ({
  state: 'WAITING',
  value: null,
  waitingFor: 0,
  parent: -1,
  attempt: 0,
  assignees: none,
  agentId: null,
  readyAt: null,
  startedAt: null,
  finishedAt: null,
  revision: 0,
})

function becomeReady(record: TaskRecord, now: number): void {
  record.state = 'READY'
  record.readyAt = now
  record.revision++
}
