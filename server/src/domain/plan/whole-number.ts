import type { OperationName } from '../operation.ts'

// The bounds of ranges are known when a source is read: exact whole numbers that fit a double, and NaN for all that is not known to be one.

/** The value of a number in the source that is a whole one. */
export function wholeLiteral(literal: string): number {
  return exact(Number(literal))
}

export function wholeResult(operation: OperationName, left: number, right: number): number {
  switch (operation) {
    case '+':
      return exact(left + right)
    case '-':
      return exact(left - right)
    case '*':
      return exact(left * right)
    case '/':
      return exact(left / right)
    case '^':
      return power(left, right)
    default:
      return NaN
  }
}

/** Of whole numbers in this range sums, differences and products are exact as long as they stay in it, and quotients that are whole. */
function exact(value: number): number {
  return Number.isSafeInteger(value) ? value : NaN
}

/** By multiplication, as `**` may be off by a unit. */
function power(base: number, exponent: number): number {
  if (!(exponent >= 0)) return NaN
  if (Math.abs(base) <= 1) return exponent === 0 ? 1 : base === -1 && exponent % 2 === 0 ? 1 : base
  let result = 1
  for (let left = exponent; left > 0 && !Number.isNaN(result); left -= 1) result = exact(result * base)
  return result
}
