import { isPeriodic } from '../expression/periodic.ts'
import { isWholeDecimal, valueOfLiteral } from '../expression/literal.ts'
import { isOperator, type OperationName, type OperatorName } from '../operation.ts'

// The bounds of ranges are known when a source is read: exact whole numbers that fit a double, infinity for whole ones that do not (with
// either sign), and NaN for all that is not known to be whole.

const beyond = Infinity
/** Of the largest number that is exact. */
const mostDigits = String(Number.MAX_SAFE_INTEGER).length

/**
 * The value of a number in the source that is a whole one.
 * @param digits of its numerator and its denominator; what has many is not written out
 */
export function wholeLiteral(literal: string, digits: number): number {
  if (digits <= mostDigits) return exact(Number(valueOfLiteral(literal)))
  return !isPeriodic(literal) && isWholeDecimal(literal) ? beyond : NaN
}

export function wholeResult(operation: OperationName, left: number, right: number): number {
  if (!isOperator(operation) || Number.isNaN(left) || Number.isNaN(right)) return NaN
  // What comes of such numbers is not followed, though it may be less.
  return Number.isFinite(left) && Number.isFinite(right) ? resultOf(operation, left, right) : beyond
}

function resultOf(operation: OperatorName, left: number, right: number): number {
  switch (operation) {
    case '+':
      return exact(left + right)
    case '-':
      return exact(left - right)
    case '*':
      return exact(left * right)
    case '/':
      return right !== 0 && left % right === 0 ? left / right : NaN
    case '^':
      return power(left, right)
    default:
      return operation satisfies never
  }
}

/** Of whole numbers in this range sums, differences and products are exact as long as they stay in it. */
function exact(value: number): number {
  return Number.isSafeInteger(value) || Number.isNaN(value) ? value : beyond
}

/** By multiplication, as `**` may be off by a unit. */
function power(base: number, exponent: number): number {
  if (exponent < 0) return NaN
  if (Math.abs(base) <= 1) return exponent === 0 ? 1 : base === -1 && exponent % 2 === 0 ? 1 : base
  let result = 1
  for (let left = exponent; left > 0 && Number.isFinite(result); left -= 1) result = exact(result * base)
  return result
}
