import type { OperatorName } from '../operation.ts'
import type { Span } from '../span.ts'
import type { Certainties } from './certainty.ts'
import { spanOf, type Operand, type Plan } from './plan.ts'

/** Two operations of which one undoes the other, so that terms and factors may be joined in any order. */
export interface Family {
  readonly direct: OperatorName
  readonly inverse: OperatorName
}

export const sums: Family = { direct: '+', inverse: '-' }
export const products: Family = { direct: '*', inverse: '/' }

const families: ReadonlyMap<string, Family> = new Map(
  [sums, products].flatMap((family) => [family.direct, family.inverse].map((name) => [name, family] as const)),
)

/** A term of a sum, or a factor of a product. */
export interface Part {
  readonly operand: Operand
  /** Subtracted, or below the line. */
  readonly isInverse: boolean
}

/** A sum or a product, reached through parentheses and negations, its parts in the order of the source. */
export interface Chain {
  readonly family: Family
  readonly parts: readonly Part[]
  /** Operator `i` stands between parts `i` and `i + 1`. */
  readonly operators: readonly Span[]
  /** Whether the product of all parts is to be negated. A sum has its signs at its terms. */
  readonly isNegated: boolean
  /** Its tasks as written, children before parents. */
  readonly tasks: readonly number[]
}

/**
 * Finds the chains of a plan. A chain ends at a task that several take, and at a division whose divisor may be zero: that one stays as it is
 * written and checks its divisor, so that a zero is named by its own operator, be it known before or found by computing.
 */
export class ChainFinder {
  readonly #plan: Plan
  readonly #families: readonly (Family | undefined)[]
  /** 1 for each task that belongs to the chain of the task that takes it. */
  readonly #inner: Uint8Array

  constructor(plan: Plan, certainties: Certainties) {
    this.#plan = plan
    this.#families = plan.tasks.map(({ operation, operands: [, divisor] }) =>
      operation === '/' && divisor && !certainties.isNonZero(divisor) ? undefined : families.get(operation),
    )
    this.#inner = this.#findInner()
  }

  get isAnyInner(): boolean {
    return this.#inner.includes(1)
  }

  isInner(task: number): boolean {
    return this.#inner[task] === 1
  }

  /** The chain whose last task this is; null where it is no chain of two operations or more. */
  endingAt(last: number): Chain | null {
    const family = this.#families[last]
    if (family === undefined) return null
    const parts: Part[] = []
    const operators: Span[] = []
    const tasks: number[] = []
    let isNegated = false
    const waiting: (Part | Span)[] = [{ operand: { task: last, negated: false }, isInverse: false }]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if ('position' in next) {
        operators.push(next)
        continue
      }
      const { operand } = next
      const isSignTaken = family === sums && isNegative(operand)
      const isInverse = next.isInverse !== isSignTaken
      const task = 'task' in operand && (operand.task === last || this.isInner(operand.task)) ? operand.task : null
      const member = task === null ? undefined : this.#plan.tasks[task]
      if (task === null || member === undefined) {
        parts.push({ operand: isSignTaken ? withoutSign(operand) : operand, isInverse })
        continue
      }
      if (family === products && isNegative(operand)) isNegated = !isNegated
      tasks.push(task)
      const [left, right] = member.operands
      if (left === undefined || right === undefined) throw new Error(`task ${task} has not two operands`)
      waiting.push({ operand: right, isInverse: isInverse !== (member.operation === family.inverse) })
      waiting.push(spanOf(member), { operand: left, isInverse })
    }
    return tasks.length < 2 ? null : { family, parts, operators, isNegated, tasks: tasks.sort((a, b) => a - b) }
  }

  #findInner(): Uint8Array {
    const { tasks } = this.#plan
    const inner = new Uint8Array(tasks.length)
    const timesTaken = new Uint32Array(tasks.length)
    const takeIn = (operand: Operand, taker: number): void => {
      if (!('task' in operand)) return
      const { task } = operand
      const times = (timesTaken[task] = (timesTaken[task] ?? 0) + 1)
      const family = this.#families[task]
      inner[task] = times === 1 && family !== undefined && family === this.#families[taker] ? 1 : 0
    }
    tasks.forEach(({ operands }, index) => {
      for (const operand of operands) takeIn(operand, index)
    })
    return inner
  }
}

const isNegative = (operand: Operand): boolean =>
  'task' in operand ? operand.negated : operand.literal.startsWith('-')

function withoutSign(operand: Operand): Operand {
  return 'task' in operand ? { task: operand.task, negated: false } : { literal: operand.literal.slice(1) }
}
