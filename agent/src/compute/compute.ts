import type { OperationKind, TaskErrorCode } from '../graphql.ts'
import { power } from './power.ts'
import { add, invert, multiply, negate, parse, type Rational } from './rational.ts'

/** What became of an operation. A value is `"n"` or `"n/d"` in lowest terms. */
export type Outcome =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'error'; readonly code: TaskErrorCode; readonly message: string }

/**
 * Computes one operation on exact rationals. Failures that lie in the arithmetic are outcomes; an operand that is no number throws.
 * The digits of a number are those of its numerator or of its denominator, whichever has more.
 */
export function compute(operator: OperationKind, left: string, right: string, maxDigits: number): Outcome {
  const a = parse(left)
  const b = parse(right)
  switch (operator) {
    case 'ADD':
      return value(add(a, b), maxDigits)
    case 'SUBTRACT':
      return value(add(a, negate(b)), maxDigits)
    case 'MULTIPLY':
      return value(multiply(a, b), maxDigits)
    case 'DIVIDE':
      return b.numerator === 0n ? divisionByZero('Division by zero.') : value(multiply(a, invert(b)), maxDigits)
    case 'POWER': {
      const result = power(a, b, maxDigits)
      switch (result.kind) {
        case 'number':
          return value(result.number, maxDigits)
        case 'zero-to-negative':
          return divisionByZero('Zero to a negative power is a division by zero.')
        case 'fractional-exponent':
          return error('FRACTIONAL_EXPONENT', 'The exponent must be an integer.')
        case 'too-large':
          return tooLarge(maxDigits)
        default:
          return result satisfies never
      }
    }
    case 'FUNCTION':
      throw new Error('This agent knows no functions.')
    default:
      throw new Error(`This agent does not know the operation ${String(operator satisfies never)}.`)
  }
}

function value({ numerator, denominator }: Rational, maxDigits: number): Outcome {
  const above = numerator.toString()
  const signs = numerator < 0n ? 1 : 0
  if (denominator === 1n)
    return above.length - signs > maxDigits ? tooLarge(maxDigits) : { kind: 'value', value: above }
  const below = denominator.toString()
  if (above.length - signs > maxDigits || below.length > maxDigits) return tooLarge(maxDigits)
  return { kind: 'value', value: `${above}/${below}` }
}

const error = (code: TaskErrorCode, message: string): Outcome => ({ kind: 'error', code, message })
const divisionByZero = (message: string): Outcome => error('DIVISION_BY_ZERO', message)
const tooLarge = (maxDigits: number): Outcome =>
  error('RESULT_TOO_LARGE', `The result has more than ${maxDigits} digits.`)
