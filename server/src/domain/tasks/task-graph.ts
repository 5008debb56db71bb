import { valueOfLiteral } from '../expression/literal.ts'
import { negate } from '../number/number.ts'
import type { Operand, Plan } from '../plan/plan.ts'
import { addParent, becomeReady, blankRecord, noAssignees, type Assignee, type TaskRecord } from './task-record.ts'
import { noteFinish, noteOperand } from './task-times.ts'

/** An entry of the log. Times are in milliseconds since the Unix epoch. */
export interface LoggedResult {
  readonly task: number
  readonly value: string
  readonly agentId: string
  readonly attempt: number
  readonly startedAt: number
  readonly finishedAt: number
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

  /** @param startedAt when the expression was started, and what works on numbers alone was ready */
  constructor(plan: Plan, log: readonly LoggedResult[], startedAt: number) {
    this.plan = plan
    this.tasks = plan.tasks.map(() => blankRecord())
    plan.tasks.forEach(({ operands }, index) => {
      const record = this.task(index)
      for (const operand of operands)
        if ('task' in operand) {
          const child = this.task(operand.task)
          addParent(child, index)
          record.waitingFor++
        }
    })
    for (const record of this.tasks)
      if (record.waitingFor === 0) {
        record.readyAt = startedAt
        becomeReady(record)
      }
    for (const result of log) this.replay(result)
  }

  task(index: number): TaskRecord {
    const record = this.tasks[index]
    if (record === undefined) throw new RangeError(`The plan has ${this.tasks.length} tasks and no task ${index}.`)
    return record
  }

  /** What is ready to be placed. */
  ready(): number[] {
    const ready: number[] = []
    for (let index = 0; index < this.tasks.length; index++) if (this.tasks[index]?.state === 'READY') ready.push(index)
    return ready
  }

  /** The numbers that a task works on, once all are known. */
  operands(index: number): readonly string[] {
    const known = this.knownOperands(index)
    if (known === null) throw new Error(`Task ${index} does not have its operands yet.`)
    return known
  }

  /** The numbers that a task works on; null while they are not all known. */
  knownOperands(index: number): readonly string[] | null {
    const task = this.plan.tasks[index]
    if (task === undefined) return null
    const { operands } = task
    // Of the right length from the start: a list that grows takes room for sixteen.
    const values = new Array<string>(operands.length)
    for (let at = 0; at < operands.length; at++) {
      const value = this.valueOf(operands[at] as Operand)
      if (value === null) return null
      values[at] = value
    }
    return values
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

  /** When the last result came in that is known. */
  get finishedAt(): number {
    return this.tasks.reduce((latest, { finishedAt }) => Math.max(latest, finishedAt ?? latest), 0)
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
      task.operands.every((operand) => 'literal' in operand || this.task(operand.task).state === 'SUCCEEDED')
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

  /**
   * An agent has a task, be it given out now or before this replica knew of it.
   * @param startedAt when the agent began it; null while it waits there for a slot
   */
  assign(index: number, holder: Assignee, startedAt: number | null): void {
    const record = this.task(index)
    record.state = 'ASSIGNED'
    // What is added to a spread list, be it an empty one, makes room for sixteen more.
    record.assignees = record.assignees.length === 0 ? [holder] : [...record.assignees, holder]
    record.agentId = holder.agentId
    record.attempt = Math.max(record.attempt, holder.attempt)
    record.startedAt = startedAt === null ? null : Math.max(startedAt, record.readyAt ?? startedAt)
    record.revision++
  }

  /** The agent has begun a task that waited there. Returns whether that is news. */
  begin(index: number, now: number): boolean {
    const record = this.task(index)
    if (record.state !== 'ASSIGNED' || record.startedAt !== null) return false
    record.startedAt = Math.max(now, record.readyAt ?? now)
    record.revision++
    return true
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

  /** Takes a value in. Returns the tasks that it makes ready; `'duplicate'` where the value was known. */
  compute(
    index: number,
    value: string,
    agentId: string,
    finishedAt: number,
    startedAt: number | null = this.task(index).startedAt,
  ): readonly number[] | 'duplicate' {
    const record = this.task(index)
    if (record.value !== null) return 'duplicate'
    record.value = value
    record.state = 'COMPUTED'
    record.assignees = noAssignees
    record.agentId = agentId
    noteFinish(record, startedAt, finishedAt)
    this.passOnFinish(record)
    record.revision++
    let ready: number[] = nothing
    for (const index of record.parents) {
      const parent = this.task(index)
      parent.waitingFor--
      // After a crash a parent may be out, or in the log, before the child that it was computed from: see `isComplete`.
      if (parent.waitingFor > 0 || parent.state !== 'WAITING') continue
      becomeReady(parent)
      if (ready === nothing) ready = [index]
      else ready.push(index)
    }
    return ready
  }

  /** The value of a task is in the log. */
  commit(index: number): void {
    const record = this.task(index)
    if (record.state === 'SUCCEEDED') return
    record.state = 'SUCCEEDED'
    record.revision++
    this.succeeded++
    // Its parents show the value from here on: see `operandsAreCommitted`.
    for (const parent of record.parents) this.task(parent).revision++
  }

  /** Takes in an entry of the log, which has the last word on who was first. Returns the tasks that it makes ready. */
  replay({ task, value, agentId, attempt, startedAt, finishedAt }: LoggedResult): readonly number[] {
    const record = this.task(task)
    const ready = this.compute(task, value, agentId, finishedAt, startedAt)
    if (ready === 'duplicate') this.correctTimes(record, startedAt, finishedAt)
    this.commit(task)
    record.agentId = agentId
    record.attempt = attempt
    return ready === 'duplicate' ? nothing : ready
  }

  /** Whatever takes the result of a task is ready no earlier than it finished; and where that had finished already, so on. */
  private passOnFinish(record: TaskRecord): void {
    let later: TaskRecord[] | null = null
    for (let next: TaskRecord | undefined = record; next !== undefined; next = later?.pop()) {
      const { finishedAt } = next
      if (finishedAt === null) continue
      for (const index of next.parents) {
        const parent = this.task(index)
        if (noteOperand(parent, finishedAt)) (later ??= []).push(parent)
      }
    }
  }

  /** The log has other times than this graph had: what the task's parents had from it is no more. */
  private correctTimes(record: TaskRecord, startedAt: number, finishedAt: number): void {
    noteFinish(record, startedAt, finishedAt)
    for (const index of record.parents) {
      const parent = this.task(index)
      parent.readyAt = null
      for (const operand of this.plan.tasks[index]?.operands ?? []) {
        const known = 'task' in operand ? this.task(operand.task).finishedAt : null
        if (known !== null) noteOperand(parent, known)
      }
    }
    this.passOnFinish(record)
  }
}

/** One list for all that makes nothing ready; it stays empty. */
const nothing: number[] = []
