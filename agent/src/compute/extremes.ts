import { parse, readParts, type Rational } from './rational.ts'

/** Digits that are looked at before all are. */
const leadingDigits = 15
/** Far above what rounding does to quotients of so many digits. */
const certainty = 1e-12

interface Candidate {
  readonly text: string
  /** Itself, once it was read. */
  exact?: Rational
  /** -1, 0 or 1. */
  readonly sign: number
  /** The magnitude is `lead * 10^scale`, nearly. */
  readonly lead: number
  readonly scale: number
}

/**
 * The greatest of numbers, or with -1 the least. To read a number of 10 000 digits takes longer than anything that is done with it here, so
 * numbers are compared by their leading digits, and read only where those are the same.
 */
export function extreme(operands: readonly string[], direction: 1 | -1): Rational {
  const found = operands.map(toCandidate).reduce((one, other) => (compare(other, one) * direction > 0 ? other : one))
  return found.exact ?? parse(found.text)
}

function toCandidate(text: string): Candidate {
  const { numerator, denominator } = readParts(text)
  const isNegative = numerator.startsWith('-')
  const [above, below] = [leadOf(numerator, isNegative ? 1 : 0), leadOf(denominator, 0)]
  const sign = above.lead === 0 ? 0 : isNegative ? -1 : 1
  return { text, sign, lead: above.lead / below.lead, scale: above.scale - below.scale }
}

/** Numbers come without zeros in front. */
function leadOf(text: string, from: number) {
  const digits = text.slice(from, from + leadingDigits)
  return { lead: Number(digits), scale: text.length - from - digits.length }
}

/** Below 0, 0 or above, as the first is less, the same or greater. */
function compare(a: Candidate, b: Candidate): number {
  if (a.sign !== b.sign) return a.sign - b.sign
  if (a.sign === 0 || a.text === b.text) return 0
  const ratio = Math.log10(a.lead / b.lead) + a.scale - b.scale
  return Math.abs(ratio) > certainty * (1 + Math.abs(a.scale - b.scale)) ? ratio * a.sign : compareExactly(a, b)
}

function compareExactly(left: Candidate, right: Candidate): number {
  const [a, b] = [(left.exact ??= parse(left.text)), (right.exact ??= parse(right.text))]
  const difference = a.numerator * b.denominator - b.numerator * a.denominator
  return difference > 0n ? 1 : difference < 0n ? -1 : 0
}
