import { resultOf } from '../../domain/support/rational.ts'
import type { Plan } from '../../../src/domain/plan/plan.ts'
import { TaskGraph, type LoggedResult } from '../../../src/domain/tasks/task-graph.ts'

/** What can befall a graph. `late` is the result of an agent that the task was taken from. */
export type Step =
  | { readonly kind: 'hold' | 'release' | 'compute' | 'commit' | 'late'; readonly task: number }
  /** The owner is lost, and another replays the log. */
  | { readonly kind: 'crash' }

/** Drives a graph step by step as a scheduler would, with a log beside it. */
export class GraphRun {
  readonly plan: Plan
  readonly log: LoggedResult[] = []
  graph: TaskGraph
  epoch = 1
  private readonly begun = 1_000
  private now = this.begun
  private tickets = 0
  /** Tasks that were taken from an agent, which may have computed them all the same. */
  private readonly astray = new Set<number>()

  constructor(plan: Plan) {
    this.plan = plan
    this.graph = new TaskGraph(plan, [], this.begun)
  }

  /** Every step that may come next. A crash is no progress, so it is offered apart. */
  possible(): Step[] {
    return this.graph.tasks.flatMap(({ state, value }, task): Step[] => {
      const late: Step[] = this.astray.has(task) && value === null ? [{ kind: 'late', task }] : []
      if (state === 'READY') return [{ kind: 'hold', task }, ...late]
      if (state === 'ASSIGNED') return [{ kind: 'compute', task }, { kind: 'release', task }, ...late]
      if (state === 'COMPUTED') return [{ kind: 'commit', task }]
      return []
    })
  }

  /** Returns the tasks that the step made ready. */
  take(step: Step): readonly number[] {
    this.now++
    switch (step.kind) {
      case 'hold': {
        const attempt = this.graph.nextAttempt(step.task)
        this.graph.assign(step.task, { agentId: 'agent', attempt, ticket: `${++this.tickets}` }, this.now)
        return []
      }
      case 'release': {
        const ticket = this.graph.task(step.task).assignees[0]?.ticket ?? ''
        this.astray.add(step.task)
        return this.graph.unassign(step.task, ticket) ? [step.task] : []
      }
      case 'compute':
      case 'late':
        return this.compute(step.task)
      case 'commit':
        this.commit(step.task)
        return []
      case 'crash':
        this.graph = new TaskGraph(this.plan, this.log, this.begun)
        this.epoch++
        return []
      default:
        return step satisfies never
    }
  }

  /** Goes straight on to the end. */
  finish(): void {
    for (;;) {
      const step = this.possible().find(({ kind }) => kind === 'hold' || kind === 'compute' || kind === 'commit')
      if (step === undefined) return
      this.take(step)
    }
  }

  private compute(task: number): readonly number[] {
    const planned = this.plan.tasks[task]
    if (planned === undefined) throw new RangeError(`no task ${task}`)
    const value = resultOf(planned.operation, this.graph.operands(task))
    if (value === null) throw new Error(`task ${task} has no value`)
    const ready = this.graph.compute(task, value, 'agent', this.now)
    this.graph.task(task).startedAt ??= this.now
    if (ready === 'duplicate') throw new Error(`task ${task} was computed twice`)
    return ready
  }

  private commit(task: number): void {
    const { value, attempt, startedAt, finishedAt } = this.graph.task(task)
    if (value === null || startedAt === null || finishedAt === null)
      throw new Error(`task ${task} is committed without a value`)
    this.graph.commit(task)
    this.log.push({ task, value, agentId: 'agent', attempt, startedAt, finishedAt })
  }
}
