import { builtIns } from '../../operation.ts'
import type { Computed, Means } from '../claim.ts'
import { longest } from '../magnitude.ts'
import { partsOf } from '../parts.ts'
import { isBinomialTooLarge, isFactorialTooLarge } from './counting.ts'
import { isModTooLarge } from './mod.ts'
import { isMultipleTooLarge } from './multiples.ts'

const zero = partsOf('0')

/** Whether a function, at operands where it has a value, may come to too many digits. */
export function canFunctionBeTooLarge({ operation, operands }: Computed, means: Means): boolean {
  const numbers = operands.map(partsOf)
  const [left = zero, right = zero] = numbers
  switch (operation) {
    case 'mod':
      return isModTooLarge(left, right, means)
    case 'lcm':
      return isMultipleTooLarge(numbers, means)
    case 'factorial':
      return isFactorialTooLarge(left, means.maxDigits)
    case 'binomial':
      return isBinomialTooLarge(left, right, means.maxDigits)
    default:
      // The others are no longer than their operands, which a log of before may have longer than is allowed now.
      return !builtIns.has(operation) || longest(...numbers) > means.maxDigits
  }
}
