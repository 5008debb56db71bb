import { durationOf, type OperationDurations } from '../operation.ts'
import type { Certainties } from './certainty.ts'
import { ChainFinder, type Chain } from './chain.ts'
import { joinSides, type Term } from './join-sides.ts'
import type { Limits } from './limits.ts'
import { orderOf } from './order.ts'
import { criticalPathMs } from './plan-analysis.ts'
import { negateOperand, type Operand, type Plan, type PlannedTask } from './plan.ts'
import type { SearchBudget } from './quotient-order.ts'
import { Sizes } from './sizes.ts'

/** A plan, and how much earlier it ends than as it was written, in milliseconds, with unlimited agents. */
export interface Regrouping {
  readonly plan: Plan
  readonly savedMs: number
}

export const asItIs = (plan: Plan): Regrouping => ({ plan, savedMs: 0 })

/**
 * The plan with its sums and its products regrouped, so that under these durations its critical path is the shortest that exact arithmetic
 * allows with as many operations; the same plan where that gains nothing. What needs no other order keeps that of the source, and so does a
 * chain in which a number could get too long on the way: whether an expression fails never depends on its grouping.
 * See docs/decisions/0025.
 */
export function regroupChains(
  plan: Plan,
  durations: OperationDurations,
  certainties: Certainties,
  { maxDigits }: Pick<Limits, 'maxDigits'>,
): Regrouping {
  const asWrittenMs = criticalPathMs(plan, durations)
  if (asWrittenMs === 0) return asItIs(plan)
  const chains = new ChainFinder(plan, certainties)
  // As in most plans that are short.
  if (!chains.isAnyInner) return asItIs(plan)
  // Few chains are ever asked about.
  let sizes: Sizes | null = null
  const mayBeTooLong = (chain: Chain) => (sizes ??= new Sizes(plan, certainties, maxDigits)).mayBeTooLong(chain)
  const rewriter = new Rewriter(plan, durations, certainties, mayBeTooLong)
  plan.tasks.forEach((_, index) => {
    if (chains.isInner(index)) return
    const chain = chains.endingAt(index)
    if (chain === null) rewriter.copy([index])
    else rewriter.regroup(chain)
  })
  if (!rewriter.hasGained) return asItIs(plan)
  const regrouped = rewriter.finish()
  const savedMs = asWrittenMs - criticalPathMs(regrouped, durations)
  return savedMs > 0 ? { plan: regrouped, savedMs } : asItIs(plan)
}

/** Of all products of a plan together. */
const joinsTried = 4_000

/** Writes a new plan from the tasks of an old one. */
class Rewriter {
  /** Whether any chain ends earlier than as it was written. */
  hasGained = false
  readonly #plan: Plan
  readonly #durations: OperationDurations
  readonly #certainties: Certainties
  readonly #mayBeTooLong: (chain: Chain) => boolean
  readonly #search: SearchBudget = { joins: joinsTried }
  readonly #tasks: PlannedTask[] = []
  /** When each new task ends at the earliest. */
  readonly #endsAt: number[] = []
  /** What stands in place of an old task. */
  readonly #moved: Operand[] = []
  /** When a task of the chain at hand would end as it was written. */
  readonly #endsAtAsWritten: Float64Array

  constructor(
    plan: Plan,
    durations: OperationDurations,
    certainties: Certainties,
    mayBeTooLong: (chain: Chain) => boolean,
  ) {
    this.#plan = plan
    this.#durations = durations
    this.#certainties = certainties
    this.#mayBeTooLong = mayBeTooLong
    this.#endsAtAsWritten = new Float64Array(plan.tasks.length)
  }

  copy(indices: readonly number[]): void {
    for (const index of indices) {
      const { operation, operands, spans } = this.#old(index)
      this.#moved[index] = this.#add({ operation, operands: operands.map((operand) => this.#move(operand)), spans })
    }
  }

  regroup(chain: Chain): void {
    const { family, operators, tasks } = chain
    const terms = chain.parts.map(({ operand, isInverse }, slot): Term => {
      const moved = this.#move(operand)
      const isNonZero = this.#certainties.isNonZero(operand)
      return { slot, operand: moved, ready: this.#readyAt(moved), isInverse, isNonZero }
    })
    const endAsWritten = this.#endAsWritten(tasks)
    if (endAsWritten <= this.#earliestEnd(family, terms) || this.#mayBeTooLong(chain)) return this.copy(tasks)
    const joins = orderOf(family, terms, this.#durations, endAsWritten, this.#search)
    if (joins === null) return this.copy(tasks)
    this.hasGained = true
    const { operand, isInverse } = joinSides({ family, terms, joins, operators }, this.#durations, (task) =>
      this.#add(task),
    )
    // Of a sum that came out with the other sign. What a product comes to stands above the line.
    this.#moved[tasks.at(-1) ?? 0] = isInverse !== chain.isNegated ? negateOperand(operand) : operand
  }

  finish(): Plan {
    return { tasks: this.#tasks, root: this.#move(this.#plan.root) }
  }

  /** No order ends before this: the last part that is ready is joined once at least, and some part as often as a tree is deep. */
  #earliestEnd({ direct, inverse }: Chain['family'], terms: readonly Term[]): number {
    const joinMs = Math.min(durationOf(this.#durations, direct), durationOf(this.#durations, inverse))
    let [first, last] = [Infinity, 0]
    for (const { ready } of terms) {
      first = Math.min(first, ready)
      last = Math.max(last, ready)
    }
    return Math.max(last + joinMs, first + Math.ceil(Math.log2(terms.length)) * joinMs)
  }

  /** When a chain would end if it were left as it is, after whatever was gained below it. */
  #endAsWritten(chain: readonly number[]): number {
    let end = 0
    for (const index of chain) {
      const { operation, operands } = this.#old(index)
      end = 0
      for (const operand of operands) end = Math.max(end, this.#readyAsWritten(operand))
      end += durationOf(this.#durations, operation)
      this.#endsAtAsWritten[index] = end
    }
    return end
  }

  /** For an operand of the old plan: the end of a task of the chain at hand, or of what stands in place of another. */
  #readyAsWritten(operand: Operand): number {
    if (!('task' in operand)) return 0
    const moved = this.#moved[operand.task]
    return moved === undefined ? (this.#endsAtAsWritten[operand.task] ?? 0) : this.#readyAt(moved)
  }

  #old(index: number): PlannedTask {
    const task = this.#plan.tasks[index]
    if (task === undefined) throw new Error(`the plan has no task ${index}`)
    return task
  }

  #add(task: PlannedTask): Operand {
    let start = 0
    for (const operand of task.operands) start = Math.max(start, this.#readyAt(operand))
    this.#endsAt.push(start + durationOf(this.#durations, task.operation))
    return { task: this.#tasks.push(task) - 1, negated: false }
  }

  #move(operand: Operand): Operand {
    if (!('task' in operand)) return operand
    const moved = this.#moved[operand.task]
    if (moved === undefined) throw new Error(`task ${operand.task} is used before it stands in the plan`)
    return operand.negated ? negateOperand(moved) : moved
  }

  /** For an operand of the new plan. */
  #readyAt(operand: Operand): number {
    return 'task' in operand ? (this.#endsAt[operand.task] ?? 0) : 0
  }
}
