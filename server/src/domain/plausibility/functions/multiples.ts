import { isShort, type Judgement, type Means } from '../claim.ts'
import { commonDivisor } from '../common-divisor.ts'
import { isInLowestTerms } from '../exact.ts'
import { countDigits, type Parts } from '../parts.ts'

/** Of `gcd`. */
export function judgeCommonDivisor(operands: readonly Parts[], value: Parts, means: Means): Judgement {
  const fraction = operands.find(({ denominator }) => denominator !== '1')
  if (fraction) return judgeOfFraction(fraction)
  const sizes = sizesOf(operands).filter((size) => size !== '0')
  if (sizes.length === 0) return value.numerator === '0' ? 'right' : 'wrong'
  if (!isAboveZero(value) || value.numerator.length > Math.min(...sizes.map(countDigits))) return 'wrong'
  const { common, isComplete } = fold(sizes, 0n, divisorOf, (divisor) => divisor === 1n, means)
  const claimed = BigInt(value.numerator)
  return (isComplete ? claimed === common : common % claimed === 0n) ? 'right' : 'wrong'
}

/** Of `lcm`. */
export function judgeCommonMultiple(operands: readonly Parts[], value: Parts, means: Means): Judgement {
  const fraction = operands.find(({ denominator }) => denominator !== '1')
  if (fraction) return judgeOfFraction(fraction)
  const sizes = sizesOf(operands)
  if (sizes.includes('0')) return value.numerator === '0' ? 'right' : 'wrong'
  const { length } = value.numerator
  if (!isAboveZero(value) || length > sumOfDigits(sizes) || sizes.some((size) => size.length > length)) return 'wrong'
  const claimed = BigInt(value.numerator)
  const { common, isComplete } = fold(sizes, 1n, multipleOf, (multiple) => multiple > claimed, means)
  return (isComplete ? claimed === common : claimed % common === 0n) ? 'right' : 'wrong'
}

export function isMultipleTooLarge(operands: readonly Parts[], means: Means): boolean {
  const sizes = sizesOf(operands)
  if (sizes.includes('0') || sumOfDigits(sizes) <= means.maxDigits) return false
  const limit = 10n ** BigInt(means.maxDigits)
  const { common, isComplete } = fold(sizes, 1n, multipleOf, (multiple) => multiple >= limit, means)
  return common >= limit || !isComplete
}

/** Of what is no whole number there is neither. An old log may have such as are, not in lowest terms. */
const judgeOfFraction = (fraction: Parts): Judgement => (isInLowestTerms(fraction) ? 'wrong' : 'right')

const sizesOf = (operands: readonly Parts[]): string[] =>
  operands.map(({ numerator }) => (numerator.startsWith('-') ? numerator.slice(1) : numerator))
const sumOfDigits = (sizes: readonly string[]): number => sizes.reduce((sum, { length }) => sum + length, 0)
const isAboveZero = ({ numerator, denominator }: Parts): boolean =>
  denominator === '1' && numerator !== '0' && !numerator.startsWith('-')

const divisorOf = (one: bigint, other: bigint): bigint => (one === 0n ? other : commonDivisor(one, other))
const multipleOf = (one: bigint, other: bigint): bigint => (one / commonDivisor(one, other)) * other

/** Goes on until nothing more is to be learnt, or the time for it is spent: then `common` is that of the first of them. */
function fold(
  sizes: readonly string[],
  start: bigint,
  step: (one: bigint, other: bigint) => bigint,
  isDecided: (common: bigint) => boolean,
  { hasTimeFor }: Means,
): { common: bigint; isComplete: boolean } {
  let common = start
  for (const size of sizes) {
    if (isDecided(common)) break
    if (!isShort(size.length) && !hasTimeFor(size.length)) return { common, isComplete: false }
    common = step(common, BigInt(size))
  }
  return { common, isComplete: true }
}
