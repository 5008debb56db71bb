import { isOperator, type ArithmeticFault } from '../operation.ts'
import type { Computed, Means } from './claim.ts'
import { isTooLarge } from './exact.ts'
import { canFunctionBeTooLarge } from './functions/too-large.ts'
import { mostDigits } from './most-digits.ts'
import { partsOf } from './parts.ts'

/** Why an operation cannot have ended in this error, or null where it can, or where there is no time to look. */
export function faultInError(computed: Computed, code: ArithmeticFault, means: Means): string | null {
  switch (code) {
    case 'DIVISION_BY_ZERO':
      return dividesByZero(computed) ? null : 'It says that zero was divided by, and it was not.'
    case 'FRACTIONAL_EXPONENT':
      return hasFractionalExponent(computed) ? null : 'It says that the exponent is a fraction, and it is not.'
    case 'OUTSIDE_DOMAIN':
      return isOutsideDomain(computed) ? null : 'It says that the function is not defined there, and it is.'
    case 'RESULT_TOO_LARGE':
      return canBeTooLarge(computed, means) ? null : 'It says that the result has too many digits, and it has not.'
    default:
      return code satisfies never
  }
}

function dividesByZero({ operation, operands: [left = '', right = ''] }: Computed): boolean {
  return (
    ((operation === '/' || operation === 'mod') && right === '0') ||
    (operation === '^' && left === '0' && right.startsWith('-'))
  )
}

const ofWholeNumbers = new Set(['gcd', 'lcm', 'factorial', 'binomial'])
const ofNonNegative = new Set(['factorial', 'binomial'])

function isOutsideDomain({ operation, operands }: Computed): boolean {
  if (ofWholeNumbers.has(operation) && operands.some((operand) => operand.includes('/'))) return true
  return ofNonNegative.has(operation) && operands.some((operand) => operand.startsWith('-'))
}

const hasFractionalExponent = ({ operation, operands: [, exponent = ''] }: Computed): boolean =>
  operation === '^' && exponent.includes('/')

function canBeTooLarge(computed: Computed, means: Means): boolean {
  if (dividesByZero(computed) || hasFractionalExponent(computed) || isOutsideDomain(computed)) return false
  const { operation, operands } = computed
  if (!isOperator(operation)) return canFunctionBeTooLarge(computed, means)
  const { maxDigits, hasTimeFor } = means
  const [left = '', right = ''] = operands
  const [a, b] = [partsOf(left), partsOf(right)]
  const { numerator, denominator } = mostDigits(operation, a, b)
  if (numerator <= maxDigits && denominator <= maxDigits) return false
  // A common factor takes long to find. Without denominators, and in powers, there is none.
  const hasNone = operation === '^' || (operation !== '/' && a.denominator === '1' && b.denominator === '1')
  const digits = Math.max(numerator, denominator)
  return (!hasNone && !hasTimeFor(digits)) || isTooLarge(operation, left, right, maxDigits)
}
