import type { OperatorName } from '../operation.ts'
import { commonDivisor } from './common-divisor.ts'
import { type Parts, partsOf } from './parts.ts'

/** Whether numerator and denominator have no common factor. For 10 000 digits it takes 10 ms. */
export function isInLowestTerms({ numerator, denominator }: Parts): boolean {
  if (denominator === '1') return true
  const magnitude = magnitudeOf(numerator)
  return magnitude === 0n ? false : commonDivisor(magnitude, BigInt(denominator)) === 1n
}

/**
 * Whether a result surely has more than `maxDigits` digits in its numerator or its denominator, by computing it. Only where it exists: no
 * division by zero, no fractional exponent.
 */
export function isTooLarge(operation: OperatorName, left: string, right: string, maxDigits: number): boolean {
  const [a, b] = [partsOf(left), partsOf(right)]
  if (operation === '^') return isPowerTooLarge(a, b, maxDigits)
  const { numerator, denominator } = unreduced(operation, a, b)
  const limit = 10n ** BigInt(maxDigits)
  if (numerator < limit && denominator < limit) return false
  if (denominator === 1n) return true
  const common = numerator === 0n ? denominator : commonDivisor(numerator, denominator)
  return numerator / common >= limit || denominator / common >= limit
}

/** Without the sign. */
function unreduced(operation: Exclude<OperatorName, '^'>, a: Parts, b: Parts) {
  const [an, ad, bn, bd] = [a.numerator, a.denominator, b.numerator, b.denominator].map(BigInt) as Four
  switch (operation) {
    case '+':
      return { numerator: magnitude(an * bd + bn * ad), denominator: ad * bd }
    case '-':
      return { numerator: magnitude(an * bd - bn * ad), denominator: ad * bd }
    case '*':
      return { numerator: magnitude(an * bn), denominator: ad * bd }
    case '/':
      return { numerator: magnitude(an * bd), denominator: magnitude(ad * bn) }
    default:
      return operation satisfies never
  }
}

type Four = [bigint, bigint, bigint, bigint]

function isPowerTooLarge(base: Parts, { numerator: exponent }: Parts, maxDigits: number): boolean {
  const times = magnitudeOf(exponent)
  const [above, below] = [magnitudeOf(base.numerator), BigInt(base.denominator)]
  const largest = above > below ? above : below
  if (times === 0n || largest <= 1n) return false
  // 2^4 has two digits.
  if (times > 4n * BigInt(maxDigits)) return true
  const digits = largest.toString().length
  if (Number(times) * (digits - 1) >= maxDigits) return true
  return largest ** times >= 10n ** BigInt(maxDigits)
}

const magnitude = (integer: bigint): bigint => (integer < 0n ? -integer : integer)
const magnitudeOf = (text: string): bigint => magnitude(BigInt(text))
