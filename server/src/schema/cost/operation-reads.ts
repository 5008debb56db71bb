import { decodePlan } from '../../domain/plan/plan-codec.ts'
import type { TaskView } from '../../domain/tasks/task-view.ts'
import type { AgentView } from '../../realtime/readers/agent-reader.ts'
import type { ExpressionView } from '../../realtime/readers/expression-reader.ts'
import type { Worker } from '../../realtime/worker.ts'
import type { AttemptsByTask, TaskRef } from '../../realtime/readers/task-loaders.ts'
import type { StoredFailedAttempt } from '../../store/expressions/failed-attempts.ts'
import type { CompileFailure } from '../../use-cases/expressions/compile-failure.ts'
import { planExpression } from '../../use-cases/expressions/plan-expression.ts'
import type { Services } from '../../use-cases/services.ts'
import { Memo, whenThere, type Soon } from '../memo.ts'
import { PlanFacts, type PlannedView } from '../plan-facts.ts'

interface Accountant extends Worker {
  /** Who has to answer for the time that this takes. */
  readonly client: string
  charge(cost: number): void
}

/**
 * What one operation reads, each thing once, however often and under however many names it asks for it. An event of a subscription has
 * one of its own: what it shows is as of then.
 */
export class OperationReads {
  readonly #services: Services
  readonly #account: Accountant
  readonly #tasks = new Memo<string, readonly TaskView[]>()
  readonly #shown = new Map<string, Map<number, TaskView>>()
  readonly #attempts = new Memo<string, AttemptsByTask>()
  readonly #agents = new Memo<string, AgentView | null>()
  readonly #expressions = new Memo<string, ExpressionView | null>()
  readonly #plans = new Memo<string, PlanFacts | null>()
  readonly #planned = new Memo<string, PlannedView | CompileFailure>()
  readonly #others = new Memo<string, unknown>()

  constructor(services: Services, account: Accountant) {
    this.#services = services
    this.#account = account
  }

  /** All tasks of an expression. */
  tasks(expressionId: string): Soon<readonly TaskView[]> {
    return this.#tasks.get(expressionId, async () => {
      const tasks = await this.#services.live.tasks(expressionId, undefined, this.#account)
      this.show(tasks)
      return tasks
    })
  }

  /** Tasks that are shown anyway need not be read where others name them. */
  show(tasks: readonly TaskView[]): void {
    for (const task of tasks) {
      const shown = this.#shown.get(task.expressionId) ?? new Map<number, TaskView>()
      this.#shown.set(task.expressionId, shown.set(task.index, task))
    }
  }

  task(ref: TaskRef): Soon<TaskView | null> {
    return this.#shown.get(ref.expressionId)?.get(ref.task) ?? this.#services.live.task(ref)
  }

  failedAttempts({ expressionId, task }: TaskRef): Soon<StoredFailedAttempt[]> {
    const attempts = this.#attempts.get(expressionId, () => this.#services.live.failedAttemptsOf(expressionId))
    return whenThere(attempts, (byTask) => byTask.get(task) ?? [])
  }

  agent(id: string): Soon<AgentView | null> {
    return this.#agents.get(id, () => this.#services.live.agents.byId(id))
  }

  expression(id: string): Soon<ExpressionView | null> {
    return this.#expressions.get(id, () => this.#services.live.expressions.one(id))
  }

  /** Null where the expression is gone. */
  plan(expressionId: string): Soon<PlanFacts | null> {
    return this.#plans.get(expressionId, async () => {
      const encoded = await this.#services.live.plan(expressionId)
      const durations = this.#services.live.state.durations()
      if (encoded === null) return null
      const facts = await this.#account.run(() => new PlanFacts(decodePlan(encoded), durations))
      // About as many microseconds to decode and to print it.
      this.#account.charge(facts.operationCount)
      return facts
    })
  }

  /** What a source that was not submitted would become. */
  planned(source: string, regroup: boolean): Soon<PlannedView | CompileFailure> {
    return this.#planned.get(`${regroup} ${source}`, async () => {
      const outcome = await planExpression(this.#services, this.#account.client, { source, regroup })
      if ('kind' in outcome) return outcome
      const { plan, durations, ...said } = outcome
      return this.#account.run(() => ({ facts: new PlanFacts(plan.plan, durations), ...said }))
    })
  }

  /** Anything else, by a key that tells it from all others. */
  once<Value>(key: string, read: () => Soon<Value>): Soon<Value> {
    return this.#others.get(key, read) as Soon<Value>
  }
}
