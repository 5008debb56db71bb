import type { RangeNode } from '../expression/ast.ts'
import type { Span } from '../span.ts'
import { limitError, type ExpressionLimitError, type Limits } from './limits.ts'

/** Of the operations allowed, so many may be written out before equal ones become one. */
const mostWrittenOut = 2
/** And so many nodes may be gone through, for one operation. Five are enough: two numbers, each with a minus, and the operation. */
const mostSteps = 8

/** How far a plan has got. */
interface Extent {
  readonly tasks: number
  readonly steps: number
}

/** What a range that stands in no other came to. */
interface Made {
  readonly range: RangeNode
  readonly operations: number
}

/** How much the ranges of a source write out. It stops them before that takes long, and knows which one made most. */
export class WrittenOut {
  readonly #limit: number
  readonly #mostTasks: number
  readonly #mostSteps: number
  #steps = 0
  /** The range that is gone through and stands in no other, and where the plan was before it. */
  #range: RangeNode | null = null
  #before: Extent = { tasks: 0, steps: 0 }
  /** Of those that are over, the one that made most. */
  #largest: Made | null = null

  constructor({ maxOperations }: Limits) {
    this.#limit = maxOperations
    this.#mostTasks = mostWrittenOut * maxOperations
    this.#mostSteps = mostSteps * this.#mostTasks
  }

  /** A range begins that stands in no other, after so many tasks. */
  begin(range: RangeNode, tasks: number): void {
    this.#range = range
    this.#before = { tasks, steps: this.#steps }
  }

  /** It is over. */
  end(tasks: number): void {
    this.#largest = this.#largestUpTo(tasks)
  }

  /** Another node within it was gone through. Null unless that is too much. */
  step(tasks: number): ExpressionLimitError | null {
    this.#steps += 1
    if (tasks <= this.#mostTasks && this.#steps <= this.#mostSteps) return null
    const largest = this.#largestUpTo(tasks)
    return largest && this.#tooMuch(largest, operationsOf({ tasks, steps: this.#steps }))
  }

  /** A range by itself makes too many operations. */
  tooLong(range: RangeNode, operations: number): ExpressionLimitError {
    return limitError('RANGE_TOO_LONG', spanOf(range), this.#limit, operations)
  }

  /** One that is not too long by itself is told with all that stands beside it. */
  #tooMuch({ range, operations }: Made, total: number): ExpressionLimitError {
    if (operations > this.#limit) return this.tooLong(range, operations)
    const error = this.tooLong(range, total)
    const message = `Shorten the ranges: with them the expression makes ${error.actual} operations or more, and at most ${error.limit} are allowed.`
    return { ...error, message }
  }

  #largestUpTo(tasks: number): Made | null {
    const { tasks: before, steps } = this.#before
    const operations = operationsOf({ tasks: tasks - before, steps: this.#steps - steps })
    const largest = this.#largest
    if (this.#range === null || (largest !== null && largest.operations >= operations)) return largest
    return { range: this.#range, operations }
  }
}

const operationsOf = ({ tasks, steps }: Extent): number => Math.max(tasks, Math.floor(steps / mostSteps))

function spanOf({ from, to }: RangeNode): Span {
  return { position: from.position, length: to.position + to.length - from.position }
}
