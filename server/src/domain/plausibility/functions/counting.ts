import type { Means } from '../claim.ts'
import { isInLowestTerms } from '../exact.ts'
import { log10 } from '../magnitude.ts'
import type { Parts } from '../parts.ts'
import { multiply, residue } from '../residues.ts'

// Modulo the primes a result is a product of some thousand small numbers, so that nothing long is multiplied. The primes are above all of
// these: from 4 on each step more than doubles a result, and 2^4 has two digits.
const mostFactors = (maxDigits: number): number => 4 * maxDigits + 4

/** Far above what is lost in adding logarithms. */
const certainty = 1e-6

export function judgeFactorial(operand: Parts, value: Parts, { moduli, maxDigits }: Means): boolean {
  if (!isCount(operand)) return !isInLowestTerms(operand)
  const n = Number(operand.numerator)
  if (value.denominator !== '1' || n > mostFactors(maxDigits)) return false
  return moduli.every((prime) => residue(value.numerator, prime) === fallingProduct(n, n, prime))
}

/** Only of what has a factorial. */
export function isFactorialTooLarge(operand: Parts, maxDigits: number): boolean {
  const n = Number(operand.numerator)
  return n > mostFactors(maxDigits) || sumOf(n, Math.log10) >= maxDigits - certainty
}

export function judgeBinomial(n: Parts, k: Parts, value: Parts, { moduli, maxDigits }: Means): boolean {
  if (!isCount(n) || !isCount(k)) return !isInLowestTerms(n) || !isInLowestTerms(k)
  if (value.denominator !== '1') return false
  const chosen = lesserOf(n, k)
  if (chosen === null) return value.numerator === '0'
  if (chosen > mostFactors(maxDigits)) return false
  return moduli.every((prime) => {
    const divided = multiply(residue(value.numerator, prime), fallingProduct(chosen, chosen, prime), prime)
    return divided === fallingProduct(residue(n.numerator, prime), chosen, prime)
  })
}

/** Only of what has a binomial coefficient. */
export function isBinomialTooLarge(n: Parts, k: Parts, maxDigits: number): boolean {
  const chosen = lesserOf(n, k)
  if (chosen === null || chosen === 0) return false
  // It is at least (n / k)^k.
  if (chosen > mostFactors(maxDigits) || chosen * (log10(n) - Math.log10(chosen)) > maxDigits + 1) return true
  const of = Number(n.numerator)
  const logarithm = Number.isSafeInteger(of)
    ? sumOf(chosen, (factor) => Math.log10((of - chosen + factor) / factor))
    : sumOf(chosen, (factor) => log10(n) - Math.log10(factor))
  return logarithm >= maxDigits - certainty
}

const isCount = ({ numerator, denominator }: Parts): boolean => denominator === '1' && !numerator.startsWith('-')

/** `k`, or what is left of `n`, whichever is less; null where `k` is more than `n`. Infinite is what no double holds. */
function lesserOf({ numerator: n }: Parts, { numerator: k }: Parts): number | null {
  const rest = BigInt(n) - BigInt(k)
  return rest < 0n ? null : Math.min(Number(k), Number(rest))
}

/** Of `count` whole numbers from `first` downwards. */
function fallingProduct(first: number, count: number, prime: number): number {
  let product = 1
  for (let i = 0; i < count; i++) product = multiply(product, first >= i ? first - i : first - i + prime, prime)
  return product
}

function sumOf(last: number, of: (factor: number) => number): number {
  let sum = 0
  for (let factor = 1; factor <= last; factor++) sum += of(factor)
  return sum
}
