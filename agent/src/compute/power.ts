import { invert, one, type Rational } from './rational.ts'

export type Power =
  | { readonly kind: 'number'; readonly number: Rational }
  | { readonly kind: 'zero-to-negative' }
  | { readonly kind: 'fractional-exponent' }
  | { readonly kind: 'too-large' }

/**
 * `base` to an integer exponent; `0^0` is 1. The size of the result is known from logarithms before it is computed, so that
 * `9^9^9` is too large at once. A number that comes back can still be a digit over the limit: the caller counts exactly.
 */
export function power(base: Rational, exponent: Rational, maxDigits: number): Power {
  if (exponent.denominator !== 1n) return { kind: 'fractional-exponent' }
  const isNegative = exponent.numerator < 0n
  const times = isNegative ? -exponent.numerator : exponent.numerator
  if (base.numerator === 0n && isNegative) return { kind: 'zero-to-negative' }
  if (times === 0n) return { kind: 'number', number: one }
  if (base.numerator === 0n) return { kind: 'number', number: base }
  // Of 1 and -1 only the parity counts, and the exponent may be too large for any computing.
  if (base.denominator === 1n && (base.numerator === 1n || base.numerator === -1n))
    return { kind: 'number', number: times % 2n === 0n ? one : base }
  if (isTooLarge(base, times, maxDigits)) return { kind: 'too-large' }
  const { numerator, denominator } = isNegative ? invert(base) : base
  // What has no common factor has none at any power.
  return { kind: 'number', number: { numerator: numerator ** times, denominator: denominator ** times } }
}

/** Whether a base that is neither 0, 1 nor -1 surely has more than `maxDigits` digits at this power. */
function isTooLarge({ numerator, denominator }: Rational, exponent: bigint, maxDigits: number): boolean {
  // 2^4 has two digits, so an exponent beyond four times the limit is over it; below that, numbers are exact enough.
  if (exponent > 4n * BigInt(maxDigits)) return true
  const above = numerator < 0n ? -numerator : numerator
  return Number(exponent) * log10(above > denominator ? above : denominator) > maxDigits + 1
}

function log10(integer: bigint): number {
  const digits = integer.toString()
  return digits.length - 1 + Math.log10(Number(`${digits[0]}.${digits.slice(1, 17)}`))
}
