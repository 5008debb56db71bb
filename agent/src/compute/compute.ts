import Fraction from 'fraction.js'
import type { OperationKind, TaskErrorCode } from '../graphql.ts'
import { power } from './power.ts'

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
      return value(a.add(b), maxDigits)
    case 'SUBTRACT':
      return value(a.sub(b), maxDigits)
    case 'MULTIPLY':
      return value(a.mul(b), maxDigits)
    case 'DIVIDE':
      return b.n === 0n ? divisionByZero('Division by zero.') : value(a.div(b), maxDigits)
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
    default:
      throw new Error(`This agent does not know the operation ${String(operator satisfies never)}.`)
  }
}

// Stricter than the constructor of Fraction, which also reads "1.5", "1:2" and "1 1/2".
const rational = /^(-?\d+)(?:\/(\d*[1-9]\d*))?$/

function parse(text: string): Fraction {
  const match = rational.exec(text)
  if (match?.[1] === undefined) throw new Error(`"${text.slice(0, 40)}" is not a number of the form n or n/d.`)
  return new Fraction(BigInt(match[1]), BigInt(match[2] ?? 1))
}

function value(number: Fraction, maxDigits: number): Outcome {
  const numerator = number.n.toString()
  const denominator = number.d.toString()
  if (numerator.length > maxDigits || denominator.length > maxDigits) return tooLarge(maxDigits)
  const sign = number.s < 0n && number.n !== 0n ? '-' : ''
  return { kind: 'value', value: sign + (denominator === '1' ? numerator : `${numerator}/${denominator}`) }
}

const error = (code: TaskErrorCode, message: string): Outcome => ({ kind: 'error', code, message })
const divisionByZero = (message: string): Outcome => error('DIVISION_BY_ZERO', message)
const tooLarge = (maxDigits: number): Outcome =>
  error('RESULT_TOO_LARGE', `The result has more than ${maxDigits} digits.`)
