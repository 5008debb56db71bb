import { measureLiteral } from '../expression/literal.ts'
import { isOperator, type OperationName } from '../operation.ts'
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
  readonly #isLong: boolean[] = []

  constructor({ tasks }: Plan, certainties: Certainties, maxDigits: number) {
    this.#certainties = certainties
    this.#maxDigits = maxDigits
    for (const task of tasks) {
      const size = this.#sizeOfResult(task)
      this.#results.push(this.#limited(size))
      this.#isLong.push(this.#isNearLimit(size))
    }
  }

  /** Whether the result of a task could be over the limit of digits, if its operands are not. */
  isLong(task: number): boolean {
    return this.#isLong[task] ?? true
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
    return this.#isNearLimit({ above, below })
  }

  #of(operand: Operand): Size {
    if ('task' in operand) return this.#results[operand.task] ?? nothing
    const { value } = this.#certainties.of(operand)
    if (value !== null) return { above: Math.log10(Math.max(1, Math.abs(value.n))), below: Math.log10(value.d) }
    const { digits } = measureLiteral(operand.literal.replace('-', ''), this.#maxDigits)
    return { above: digits, below: /[.(]|e-/i.test(operand.literal) ? digits : 0 }
  }

  #sizeOfResult({ operation, operands }: PlannedTask): Size {
    const [left, right] = operands
    if (!isOperator(operation) || left === undefined || right === undefined)
      return this.#sizeOfFunction(operation, operands)
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

  #sizeOfFunction(operation: OperationName, operands: readonly Operand[]): Size {
    const sizes = operands.map((operand) => this.#of(operand))
    const [first = nothing, second = nothing] = sizes
    const longest = {
      above: sizes.reduce((most, { above }) => Math.max(most, above), 0),
      below: sizes.reduce((most, { below }) => Math.max(most, below), 0),
    }
    switch (operation) {
      case 'sign':
        return nothing
      case 'floor':
      case 'ceil':
      case 'round':
      case 'gcd':
        return { above: longest.above, below: 0 }
      case 'abs':
      case 'min':
      case 'max':
        return longest
      case 'lcm':
        return { above: sizes.reduce((total, { above }) => total + above, 0), below: 0 }
      case 'mod':
        return { above: second.above + first.below, below: first.below + second.below }
      default:
        // Of what agents bring nothing is known, and of factorials and the like it would be long to tell.
        return { above: this.#maxDigits, below: this.#maxDigits }
    }
  }

  /** By a digit more than doubles could err by. */
  #isNearLimit({ above, below }: Size): boolean {
    return Math.max(above, below) > this.#maxDigits - 1
  }

  /** A longer result fails its expression. */
  #limited({ above, below }: Size): Size {
    return { above: Math.min(above, this.#maxDigits), below: Math.min(below, this.#maxDigits) }
  }
}

/** No power of 1 is long. */
const raised = (size: number, times: number): number => (size === 0 ? 0 : size * Math.abs(times))
