import { Batcher } from '../../store/batcher.ts'
import type { TaskReceipt } from '../../use-cases/scheduler-port.ts'
import type { Appender, Arrived } from './appender.ts'
import type { Attempts } from './attempts.ts'
import type { CatchUp } from './catch-up.ts'
import type { SchedulerDeps } from '../placing/deps.ts'
import type { Offences } from './offences.ts'
import type { Scrutiny } from './scrutiny.ts'
import type { Assignment } from '../memory/assignment.ts'

interface Parts {
  readonly appender: Appender
  readonly attempts: Attempts
  readonly catchUp: CatchUp
  readonly scrutiny: Scrutiny
  readonly offences: Offences
}

/** A value that has come, and whoever waits for its receipt. */
interface Returned {
  readonly assignment: Assignment
  readonly arrived: Arrived
  /** How long it may wait for its operands; by the clock. */
  readonly until: number
  readonly resolve: (receipt: TaskReceipt) => void
  readonly reject: (error: unknown) => void
}

/** What the log says of a value; `early` where it is of numbers that are not there yet. */
type Verdict = 'true' | 'early' | 'notNeeded' | { readonly fault: string }

/** How many values are judged together: each may need a plan of its own, of up to a megabyte. */
const maxJudged = 100

/**
 * Values of tasks whose expression this replica does not own: after a crash, agents return what the lost owner gave them.
 *
 * A value whose operands are not in the log waits for them, for the owner was lost before it had written them, and the agents that have them
 * return them as well. It waits as long as agents have to come back, or until this replica owns the expression.
 */
export class ForeignResults {
  readonly #judging: Batcher<Returned, Verdict>
  /** What is being judged or written, by expression. */
  readonly #underWay = new Map<string, Set<Promise<void>>>()
  /** What waits for its operands, by expression, each with what ends its wait. */
  readonly #early = new Map<string, Map<Returned, () => void>>()
  readonly #deps: SchedulerDeps
  readonly #parts: Parts

  constructor(deps: SchedulerDeps, parts: Parts) {
    this.#deps = deps
    this.#parts = parts
    this.#judging = new Batcher((values) => this.#judge(values), maxJudged)
  }

  accept(assignment: Assignment, arrived: Arrived): Promise<TaskReceipt> {
    const until = this.#deps.clock.now() + this.#deps.environment.RESUME_GRACE_MS
    return new Promise((resolve, reject) => this.#take({ assignment, arrived, until, resolve, reject }))
  }

  /** Resolves once what has come of an expression is in the log, or is not to be, or waits for what has not come. */
  async settle(expressionId: string): Promise<void> {
    this.#retryEarly(expressionId)
    await Promise.all([...(this.#underWay.get(expressionId) ?? [])])
  }

  #take(value: Returned): void {
    const { expressionId } = value.assignment
    const underWay = this.#underWay.get(expressionId) ?? new Set()
    this.#underWay.set(expressionId, underWay)
    const taken = this.#process(value)
      .catch(value.reject)
      .then(() => {
        underWay.delete(taken)
        if (underWay.size === 0) this.#underWay.delete(expressionId)
      })
    underWay.add(taken)
  }

  async #process(value: Returned): Promise<void> {
    const verdict = await this.#judging.add(value)
    if (verdict === 'notNeeded') value.resolve('NOT_NEEDED')
    else if (verdict === 'true') value.resolve(await this.#append(value))
    else if (verdict === 'early') await this.#takeEarly(value)
    else {
      const { assignment } = value
      await this.#parts.offences.note(assignment.agentId, [{ assignment, isAssigned: true, fault: verdict.fault }])
      value.resolve('REFUSED')
    }
  }

  async #append({ assignment: { expressionId }, arrived }: Returned): Promise<TaskReceipt> {
    const [receipt = 'REFUSED'] = await this.#parts.appender.add([arrived])
    // The expression may have been taken in while this was on its way.
    const owned = this.#deps.state.owned.get(expressionId)
    if (owned) await this.#parts.catchUp.run(owned)
    this.#retryEarly(expressionId)
    return receipt
  }

  async #takeEarly(value: Returned): Promise<void> {
    const { clock, state } = this.#deps
    const { assignment, until, resolve } = value
    const { expressionId } = assignment
    // Its owner takes it for what it is: what was computed of the operand that an agent returned once is not computed again.
    if (state.owned.has(expressionId)) return resolve(await this.#append(value))
    const remainingMs = until - clock.now()
    if (remainingMs <= 0) {
      // Nobody can tell whether it is right: the task is given out anew once its operands are there.
      await this.#parts.attempts.release([assignment])
      return resolve('NOT_NEEDED')
    }
    const early = this.#early.get(expressionId) ?? new Map<Returned, () => void>()
    this.#early.set(expressionId, early)
    early.set(
      value,
      clock.after(remainingMs, () => this.#retryEarly(expressionId)),
    )
  }

  /** More of an expression may be in the log, or their time may have passed. */
  #retryEarly(expressionId: string): void {
    const early = this.#early.get(expressionId)
    this.#early.delete(expressionId)
    for (const [value, cancel] of early ?? []) {
      cancel()
      this.#take(value)
    }
  }

  async #judge(values: readonly Returned[]): Promise<Verdict[]> {
    const { ownership, log } = this.#deps.store
    const tasks = values.map(({ assignment: { expressionId, task } }) => ({ expressionId, task }))
    const ids = [...new Set(tasks.map(({ expressionId }) => expressionId))]
    const [epochs, computed] = await Promise.all([ownership.findUnfinished(ids), log.computed(tasks)])
    return values.map(({ assignment: { expressionId, epoch }, arrived }, place): Verdict => {
      // Given out before a retry, it is not wanted any more.
      if (epoch < (epochs.get(expressionId) ?? Infinity)) return 'notNeeded'
      const known = computed[place] ?? null
      if (known === null) return 'early'
      const fault = this.#parts.scrutiny.faultIn(known, { kind: 'value', value: arrived.value })
      return fault === null ? 'true' : { fault }
    })
  }
}
