import { measureLiteral } from '../expression/literal.ts'
import { isOperator } from '../operation.ts'
import type { Certainties } from './certainty.ts'
import { sums, type Chain } from './chain.ts'
import type { Operand, Plan, PlannedTask } from './plan.ts'

/** Decimal logarithms that the numerator and the denominator of a number are not above. */
interface Size {
  readonly above: number
  readonly below: number
}

const nothing: Size = { above: 0, below: 0 }

/** How long the results of a plan can get at most, from how long its numbers are. It takes linear time. */
export class Sizes {
  readonly #certainties: Certainties
  readonly #maxDigits: number
  readonly #results: Size[] = []

  constructor({ tasks }: Plan, certainties: Certainties, maxDigits: number) {
    this.#certainties = certainties
    this.#maxDigits = maxDigits
    for (const task of tasks) this.#results.push(this.#limited(this.#sizeOfResult(task)))
  }

  /** Whether a number in it could be over the limit of digits, in whatever order its parts are joined. */
  mayBeTooLong({ family, parts }: Chain): boolean {
    let [above, below, longest] = [0, 0, 0]
    for (const { operand, isInverse } of parts) {
      const size = this.#of(operand)
      const isTurned = family !== sums && isInverse
      above += isTurned ? size.below : size.above
      below += isTurned ? size.above : size.below
      longest = Math.max(longest, size.above)
    }
    if (family === sums) above = longest + below + Math.log10(parts.length)
    // A digit more than doubles could err by.
    return Math.max(above, below) > this.#maxDigits - 1
  }

  #of(operand: Operand): Size {
    if ('task' in operand) return this.#results[operand.task] ?? nothing
    const { value } = this.#certainties.of(operand)
    if (value !== null) return { above: Math.log10(Math.max(1, Math.abs(value.n))), below: Math.log10(value.d) }
    const { digits } = measureLiteral(operand.literal.replace('-', ''), this.#maxDigits)
    return { above: digits, below: /[.(]|e-/i.test(operand.literal) ? digits : 0 }
  }

  #sizeOfResult({ operation, operands: [left, right] }: PlannedTask): Size {
    // What a function comes to is not known to be shorter than any result may be.
    if (!isOperator(operation) || left === undefined || right === undefined)
      return { above: this.#maxDigits, below: this.#maxDigits }
    const [a, b] = [this.#of(left), this.#of(right)]
    switch (operation) {
      case '+':
      case '-':
        return { above: Math.max(a.above + b.below, b.above + a.below) + Math.log10(2), below: a.below + b.below }
      case '*':
        return { above: a.above + b.above, below: a.below + b.below }
      case '/':
        return { above: a.above + b.below, below: a.below + b.above }
      case '^': {
        const times = this.#certainties.of(right).value?.n ?? Infinity
        const [above, below] = times < 0 ? [a.below, a.above] : [a.above, a.below]
        return { above: raised(above, times), below: raised(below, times) }
      }
      default:
        return operation satisfies never
    }
  }

  /** A longer result fails its expression. */
  #limited({ above, below }: Size): Size {
    return { above: Math.min(above, this.#maxDigits), below: Math.min(below, this.#maxDigits) }
  }
}

/** No power of 1 is long. */
const raised = (size: number, times: number): number => (size === 0 ? 0 : size * Math.abs(times))
