import type { OperationDurations, OperationName } from '../domain/operation.ts'
import { criticalPathMs, depth, totalDurationMs } from '../domain/plan/plan-analysis.ts'
import type { ForeseenFailure } from '../domain/plan/foreseen-failure.ts'
import type { Steps } from '../domain/prediction/steps.ts'
import { timeAloneMs } from '../domain/prediction/time-alone.ts'
import { spanOf, type Operand, type Plan, type PlannedTask } from '../domain/plan/plan.ts'
import { printGrouped } from '../domain/plan/print-plan.ts'
import type { Span } from '../domain/span.ts'

/** A plan as clients see it. */
export interface PlannedView {
  readonly facts: PlanFacts
  readonly regrouped: boolean
  /** How much that shortens the critical path, in milliseconds; null where it was done under other durations. */
  readonly savedMs: number | null
  /** How it is bound to fail; null where that is not certain. */
  readonly foreseen: ForeseenFailure | null
}

/** What there is to say of a plan, each worked out once, when it is asked for. */
export class PlanFacts {
  readonly #plan: Plan
  readonly #durations: OperationDurations
  readonly #known = new Map<string, number | string>()

  constructor(plan: Plan, durations: OperationDurations) {
    this.#plan = plan
    this.#durations = durations
  }

  get operationCount(): number {
    return this.#plan.tasks.length
  }

  get depth(): number {
    return this.#once('depth', () => depth(this.#plan))
  }

  get criticalPathMs(): number {
    return this.#once('criticalPathMs', () => criticalPathMs(this.#plan, this.#durations))
  }

  get totalDurationMs(): number {
    return this.#once('totalDurationMs', () => totalDurationMs(this.#plan, this.#durations))
  }

  /** On so many slots that do nothing else. */
  durationMs(slots: number): Steps<number> {
    return timeAloneMs(this.#plan, this.#durations, slots)
  }

  get grouped(): string {
    return this.#once('grouped', () => printGrouped(this.#plan))
  }

  /** How many operations there are of each kind, the most frequent first. */
  countByOperation(): (readonly [OperationName, number])[] {
    const counts = new Map<OperationName, number>()
    for (const { operation } of this.#plan.tasks) counts.set(operation, (counts.get(operation) ?? 0) + 1)
    return [...counts].sort(([, one], [, other]) => other - one)
  }

  /** Operands before what takes them. */
  firstTasks(count: number): PlannedTask[] {
    return this.#plan.tasks.slice(0, count)
  }

  get root(): Operand {
    return this.#plan.root
  }

  /** Where the operator of a task stands in the source. */
  spanOf(task: number): Span {
    return spanOf(this.#plan.tasks[task])
  }

  #once<Fact extends number | string>(name: string, work: () => Fact): Fact {
    const known = this.#known.get(name) as Fact | undefined
    const fact = known ?? work()
    this.#known.set(name, fact)
    return fact
  }
}
