import { minimaxOrder } from './minimax-tree.ts'
import type { OperationDurations, OperationKind } from '../operation.ts'
import { criticalPathMs } from './plan-analysis.ts'
import type { Operand, Plan, PlannedTask, Span } from './plan.ts'

/** Operands joined by one operator alone, in the order of the source: operator `i` stands between operands `i` and `i + 1`. */
interface Chain {
  readonly operation: OperationKind
  readonly operands: readonly Operand[]
  readonly operators: readonly Span[]
  /** Its tasks as written, children before parents. */
  readonly tasks: readonly number[]
}

/**
 * The plan with its chains of + and of * regrouped, so that under these durations its critical path is the shortest that keeps
 * the order of all operands; the same plan where that gains nothing. Since numbers are exact and both operations associative,
 * the result stays the same, and so does the number of tasks.
 */
export function regroupChains(plan: Plan, durations: OperationDurations): Plan {
  const isInner = findInnerTasks(plan)
  // As in most plans that are short.
  if (!isInner.includes(1)) return plan
  const rewriter = new Rewriter(plan, durations)
  plan.tasks.forEach(({ operation }, index) => {
    if (isInner[index] === 1) return
    const chain = isChainable(operation) ? chainEndingAt(plan, index, isInner) : null
    if (chain === null || chain.tasks.length < 2) rewriter.copy([index])
    else rewriter.regroup(chain)
  })
  if (!rewriter.hasGained) return plan
  const regrouped = rewriter.finish()
  return criticalPathMs(regrouped, durations) < criticalPathMs(plan, durations) ? regrouped : plan
}

function isChainable(operation: OperationKind): boolean {
  return operation === 'ADD' || operation === 'MULTIPLY'
}

/** 1 for each task that is an operand of a task of its own, chainable operation. A negated one is not: it is a chain of its own. */
function findInnerTasks({ tasks }: Plan): Uint8Array {
  const inner = new Uint8Array(tasks.length)
  const mark = (operand: Operand, operation: OperationKind): void => {
    if ('task' in operand && !operand.negated && tasks[operand.task]?.operation === operation) inner[operand.task] = 1
  }
  for (const { operation, left, right } of tasks) {
    if (!isChainable(operation)) continue
    mark(left, operation)
    mark(right, operation)
  }
  return inner
}

function chainEndingAt({ tasks }: Plan, last: number, isInner: Uint8Array): Chain {
  const operands: Operand[] = []
  const operators: Span[] = []
  const members: number[] = []
  const waiting: (Operand | Span)[] = [{ task: last, negated: false }]
  let next: Operand | Span | undefined
  while ((next = waiting.pop()) !== undefined) {
    if ('position' in next) {
      operators.push(next)
      continue
    }
    const member = 'task' in next && (next.task === last || isInner[next.task] === 1) ? next.task : null
    const task = member === null ? undefined : tasks[member]
    if (member === null || task === undefined) {
      operands.push(next)
    } else {
      members.push(member)
      waiting.push(task.right, task.span, task.left)
    }
  }
  const operation = tasks[last]?.operation ?? 'ADD'
  return { operation, operands, operators, tasks: members.sort((a, b) => a - b) }
}

/** Writes a new plan from the tasks of an old one. */
class Rewriter {
  /** Whether any chain ends earlier than as it was written. */
  hasGained = false
  readonly #plan: Plan
  readonly #durations: OperationDurations
  readonly #tasks: PlannedTask[] = []
  /** When each new task ends at the earliest. */
  readonly #endsAt: number[] = []
  /** The new task in place of an old one. */
  readonly #moved: number[]
  /** When a task of the chain at hand would end as it was written; 0 for all others. */
  readonly #endsAtAsWritten: Float64Array

  constructor(plan: Plan, durations: OperationDurations) {
    this.#plan = plan
    this.#durations = durations
    this.#moved = new Array<number>(plan.tasks.length).fill(0)
    this.#endsAtAsWritten = new Float64Array(plan.tasks.length)
  }

  copy(indices: readonly number[]): void {
    for (const index of indices) {
      const { operation, left, right, span } = this.#old(index)
      this.#moved[index] = this.#add({ operation, left: this.#move(left), right: this.#move(right), span })
    }
  }

  regroup({ operation, operands, operators, tasks }: Chain): void {
    const trees = operands.map((operand) => this.#move(operand))
    const readyAt = trees.map((tree) => this.#readyAt(tree))
    const order = minimaxOrder(readyAt, this.#durations[operation], this.#endAsWritten(tasks))
    if (order === null) return this.copy(tasks)
    this.hasGained = true
    // A tree is kept at its first operand; `firsts` and `lasts` lead from either end of it to the other.
    const firsts = trees.map((_, index) => index)
    const lasts = trees.map((_, index) => index)
    for (const gap of order) {
      const first = firsts[gap] ?? gap
      const last = lasts[gap + 1] ?? gap + 1
      const [left, right, span] = [trees[first], trees[gap + 1], operators[gap]]
      if (left === undefined || right === undefined || span === undefined)
        throw new Error(`the chain has no gap ${gap}`)
      trees[first] = { task: this.#add({ operation, left, right, span }), negated: false }
      lasts[first] = last
      firsts[last] = first
    }
    this.#moved[tasks.at(-1) ?? 0] = this.#tasks.length - 1
  }

  finish(): Plan {
    return { tasks: this.#tasks, root: this.#move(this.#plan.root) }
  }

  /** When a chain would end if it were left as it is, after whatever was gained below it. */
  #endAsWritten(chain: readonly number[]): number {
    let end = 0
    for (const index of chain) {
      const { operation, left, right } = this.#old(index)
      end = Math.max(this.#readyAsWritten(left), this.#readyAsWritten(right)) + this.#durations[operation]
      this.#endsAtAsWritten[index] = end
    }
    return end
  }

  /** For an operand of the old plan: the end of a task of the chain at hand, or of the new task in place of another. */
  #readyAsWritten(operand: Operand): number {
    if (!('task' in operand)) return 0
    return this.#endsAtAsWritten[operand.task] || (this.#endsAt[this.#moved[operand.task] ?? 0] ?? 0)
  }

  #old(index: number): PlannedTask {
    const task = this.#plan.tasks[index]
    if (task === undefined) throw new Error(`the plan has no task ${index}`)
    return task
  }

  #add(task: PlannedTask): number {
    const start = Math.max(this.#readyAt(task.left), this.#readyAt(task.right))
    this.#endsAt.push(start + this.#durations[task.operation])
    return this.#tasks.push(task) - 1
  }

  #move(operand: Operand): Operand {
    if (!('task' in operand)) return operand
    const task = this.#moved[operand.task] ?? operand.task
    return task === operand.task ? operand : { task, negated: operand.negated }
  }

  /** For an operand of the new plan. */
  #readyAt(operand: Operand): number {
    return 'task' in operand ? (this.#endsAt[operand.task] ?? 0) : 0
  }
}
