import type { TaskErrorCode } from '../graphql.ts'
import { callFunction } from './functions.ts'
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
export function compute(operation: string, operands: readonly string[], maxDigits: number): Outcome {
  const result = callFunction(operation, operands, maxDigits)
  if (result === undefined) return computeOperator(operation, operands, maxDigits)
  switch (result.kind) {
    case 'number':
      return value(result.number, maxDigits)
    case 'division-by-zero':
      return divisionByZero(result.message)
    case 'outside-domain':
      return error('OUTSIDE_DOMAIN', result.message)
    case 'too-large':
      return tooLarge(maxDigits)
    default:
      return result satisfies never
  }
}

function computeOperator(operator: string, operands: readonly string[], maxDigits: number): Outcome {
  const [a, b, ...others] = operands.map(parse)
  if (a === undefined || b === undefined || others.length > 0)
    throw new Error(`This agent does not know the operation ${operator} of ${operands.length} operands.`)
  switch (operator) {
    case '+':
      return value(add(a, b), maxDigits)
    case '-':
      return value(add(a, negate(b)), maxDigits)
    case '*':
      return value(multiply(a, b), maxDigits)
    case '/':
      return b.numerator === 0n ? divisionByZero('Division by zero.') : value(multiply(a, invert(b)), maxDigits)
    case '^': {
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
    default:
      throw new Error(`This agent does not know the operation ${operator}.`)
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
