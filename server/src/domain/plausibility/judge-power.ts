import { countDigits, type Parts, partsOf } from './parts.ts'
import type { Judgement, Means } from './claim.ts'
import { multiply, power, residue } from './residues.ts'

/**
 * A power of a number in lowest terms is one without any common factor to look for: its numerator is the power of the numerator, and so is
 * its denominator.
 */
export function judgePower(
  left: string,
  right: string,
  value: Parts,
  { moduli, maxDigits }: Pick<Means, 'moduli' | 'maxDigits'>,
): Judgement {
  const known = ofTrivial(left, right)
  if (known !== undefined) return known === value.numerator && value.denominator === '1' ? 'right' : 'wrong'
  if (right.includes('/') || left === '0' || countDigits(right) > 15) return 'wrong'
  const exponent = Number(right)
  // 2^4 has two digits: beyond that no result is within the limit.
  if (Math.abs(exponent) > 4 * maxDigits) return 'wrong'
  const base = partsOf(left)
  const judgements = moduli.map((prime) => judgeModulo(base, exponent, value, prime))
  if (judgements.includes('wrong')) return 'wrong'
  return judgements.includes('unreduced') ? 'unreduced' : 'right'
}

/** The power itself where it does not take computing; undefined where it does, or where there is none. */
function ofTrivial(left: string, right: string): string | undefined {
  if (right.includes('/')) return undefined
  if (right === '0' || left === '1') return '1'
  if (left === '0') return right.startsWith('-') ? undefined : '0'
  if (left === '-1') return Number(right.at(-1)) % 2 === 0 ? '1' : '-1'
  return undefined
}

function judgeModulo(base: Parts, exponent: number, value: Parts, prime: number): Judgement {
  const times = Math.abs(exponent)
  const isNegative = base.numerator.startsWith('-')
  const above = power(residue(isNegative ? base.numerator.slice(1) : base.numerator, prime), times, prime)
  const below = power(residue(base.denominator, prime), times, prime)
  const magnitude = exponent < 0 ? below : above
  const denominator = exponent < 0 ? above : below
  const numerator = isNegative && times % 2 === 1 ? (prime - magnitude) % prime : magnitude
  const [n, d] = [residue(value.numerator, prime), residue(value.denominator, prime)]
  if (n === numerator && d === denominator) return 'right'
  return multiply(n, denominator, prime) === multiply(d, numerator, prime) ? 'unreduced' : 'wrong'
}
