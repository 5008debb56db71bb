import Fraction from 'fraction.js'

export type Power =
  | { readonly kind: 'number'; readonly number: Fraction }
  | { readonly kind: 'zero-to-negative' }
  | { readonly kind: 'fractional-exponent' }
  | { readonly kind: 'too-large' }

/**
 * `base` to an integer exponent; `0^0` is 1. The size of the result is known from logarithms before it is computed, so that
 * `9^9^9` is too large at once. A number that comes back can still be a digit over the limit: the caller counts exactly.
 */
export function power(base: Fraction, exponent: Fraction, maxDigits: number): Power {
  // Fraction's own pow of a fractional exponent factorises both numbers, which never ends for large ones.
  if (exponent.d !== 1n) return { kind: 'fractional-exponent' }
  const negative = exponent.s < 0n && exponent.n !== 0n
  if (base.n === 0n && negative) return { kind: 'zero-to-negative' }
  if (exponent.n === 0n) return { kind: 'number', number: new Fraction(1n) }
  if (base.n === 0n) return { kind: 'number', number: base }
  // Of 1 and -1 only the parity counts, and the exponent may be too large for any computing.
  if (base.n === 1n && base.d === 1n)
    return { kind: 'number', number: exponent.n % 2n === 0n ? new Fraction(1n) : base }
  if (isTooLarge(base, exponent.n, maxDigits)) return { kind: 'too-large' }
  return { kind: 'number', number: base.pow(exponent) }
}

/** Whether a base that is neither 0, 1 nor -1 surely has more than `maxDigits` digits at this power. */
function isTooLarge(base: Fraction, exponent: bigint, maxDigits: number): boolean {
  // 2^4 has two digits, so an exponent beyond four times the limit is over it; below that, numbers are exact enough.
  if (exponent > 4n * BigInt(maxDigits)) return true
  const larger = base.n > base.d ? base.n : base.d
  return Number(exponent) * log10(larger) > maxDigits + 1
}

function log10(integer: bigint): number {
  const digits = integer.toString()
  return digits.length - 1 + Math.log10(Number(`${digits[0]}.${digits.slice(1, 17)}`))
}
