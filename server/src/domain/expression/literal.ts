import { removeFactor } from '../number/number-factors.ts'
import { isPeriodic, reducePeriodic } from './periodic.ts'

// A literal is a number as it is written in a source, a minus before it where it is negated: `1e9999`, `-.5`, `0.(3)`. Also the
// value that it stands for, `n` or `n/d`, is one: plans that were stored by an earlier version have no other.

/** How long a number is as an exact rational in lowest terms. */
export type LiteralSize =
  | { readonly kind: 'measured'; readonly digits: number }
  /** Its numerator or its denominator alone is over the limit. */
  | { readonly kind: 'too-long'; readonly digits: number }

/**
 * The digits of a number as a rational, its numerator's and its denominator's together, without writing them out: `1e9999` has 10 000.
 * What it costs depends on how long the text is and not on the exponent, so that `1e999999999` is as fast as `1e9`.
 * See docs/decisions/0018.
 * @param literal of a source, without a sign
 */
export function measureLiteral(literal: string, maxDigits: number): LiteralSize {
  // As most are.
  if (literal.length === 1 || wholeNumber.test(literal)) return sizeOf(literal.length, 0, maxDigits)
  if (isPeriodic(literal)) {
    const { numerator, denominator } = reducePeriodic(literal)
    return sizeOf(numerator.toString().length, denominator === 1n ? 0 : denominator.toString().length, maxDigits)
  }
  const { coefficient, exponent } = readDecimal(literal)
  if (exponent >= 0) return sizeOf(coefficient.length + exponent, 0, maxDigits)
  const places = -exponent
  // The denominator in lowest terms is more than 10^(places - coefficient.length): too long, without being reduced.
  if (places - coefficient.length > maxDigits) return { kind: 'too-long', digits: places + 1 }
  const { numerator, tens, prime, removed } = reduce(coefficient, places)
  const digits = String(numerator).length
  return sizeOf(digits, digitsOfPower(prime, removed) + tens, maxDigits)
}

function sizeOf(numerator: number, denominator: number, maxDigits: number): LiteralSize {
  const longest = Math.max(numerator, denominator)
  if (longest > maxDigits) return { kind: 'too-long', digits: longest }
  return { kind: 'measured', digits: numerator + denominator }
}

const wholeNumber = /^(?:0|[1-9]\d*)$/
const value = /^(?:0|-?[1-9]\d*(?:\/\d+)?)$/

/** The exact value of a literal, `n` or `n/d` in lowest terms: as long as it is, so only where it is needed. */
export function valueOfLiteral(literal: string): string {
  // As most are.
  if (literal.length === 1 || value.test(literal)) return literal
  const isNegative = literal.startsWith('-')
  const magnitude = magnitudeOf(isNegative ? literal.slice(1) : literal)
  return isNegative && magnitude !== '0' ? `-${magnitude}` : magnitude
}

function magnitudeOf(literal: string): string {
  if (isPeriodic(literal)) {
    const { numerator, denominator } = reducePeriodic(literal)
    return denominator === 1n ? numerator.toString() : `${numerator}/${denominator}`
  }
  const { coefficient, exponent } = readDecimal(literal)
  if (exponent >= 0) return coefficient + '0'.repeat(exponent)
  const { numerator, tens, prime, removed } = reduce(coefficient, -exponent)
  return `${numerator}/${BigInt(prime) ** BigInt(removed)}${'0'.repeat(tens)}`
}

/** Whether a literal without a sign or a period has a whole number for its value. */
export const isWholeDecimal = (literal: string): boolean => readDecimal(literal).exponent >= 0

interface Decimal {
  /** Without zeros at either end; `0` for zero. */
  readonly coefficient: string
  readonly exponent: number
}

function readDecimal(literal: string): Decimal {
  const [mantissa = '', exponentText = '0'] = literal.split(/e/i)
  const [whole = '', fraction = ''] = mantissa.split('.')
  const padded = withoutLeadingZeros(whole + fraction)
  if (padded === '') return { coefficient: '0', exponent: 0 }
  const zeros = trailingZeros(padded)
  const coefficient = zeros === 0 ? padded : padded.slice(0, -zeros)
  return { coefficient, exponent: Number(exponentText) - fraction.length + zeros }
}

/** `numerator / (prime^removed * 10^tens)`, in lowest terms. */
interface Reduced {
  readonly numerator: number | bigint
  readonly prime: 2 | 5
  readonly removed: number
  readonly tens: number
}

/** `coefficient / 10^places`. The coefficient does not end in 0, so it shares with the denominator either twos or fives or nothing. */
function reduce(coefficient: string, places: number): Reduced {
  const shared = coefficient.endsWith('5') ? 5 : 2
  const prime = shared === 5 ? 2 : 5
  if (coefficient.length > maxSafeLength) return reduceLong(coefficient, places)
  let numerator = Number(coefficient)
  let removed = 0
  while (removed < places && numerator % shared === 0) {
    numerator /= shared
    removed += 1
  }
  return { numerator, prime, removed, tens: places - removed }
}

/** Every number of so many digits is an exact one of JavaScript's, which are reduced in a hundredth of the time. */
const maxSafeLength = 15

function reduceLong(coefficient: string, places: number): Reduced {
  const [shared, prime] = coefficient.endsWith('5') ? ([5n, 2] as const) : ([2n, 5] as const)
  const { rest, count } = removeFactor(BigInt(coefficient), shared)
  const removed = Math.min(count, places)
  return { numerator: rest * shared ** BigInt(count - removed), prime, removed, tens: places - removed }
}

/** No power of 2 or 5 but 1 is so near to one of 10 that the logarithm could err, up to far more digits than any number has. */
function digitsOfPower(prime: 2 | 5, exponent: number): number {
  return Math.floor(exponent * Math.log10(prime)) + 1
}

/** Longer runs of zeros are written with an exponent. */
const maxZeros = 20

/** The text by which a literal without a sign is read again: its own, but that of a value with many zeros or a denominator. */
export function printLiteral(literal: string): string {
  if (!value.test(literal)) return literal
  const [numerator = '', denominator] = literal.split('/')
  if (denominator === undefined) {
    const zeros = trailingZeros(numerator)
    return zeros > maxZeros && zeros < numerator.length ? `${numerator.slice(0, -zeros)}e${zeros}` : numerator
  }
  const tens = trailingZeros(denominator)
  const twos = removeFactor(BigInt(denominator.slice(0, denominator.length - tens)), 2n)
  const fives = removeFactor(twos.rest, 5n)
  if (fives.rest !== 1n) return `(${literal})`
  const coefficient = (BigInt(numerator) * 5n ** BigInt(twos.count) * 2n ** BigInt(fives.count)).toString()
  const places = tens + twos.count + fives.count
  if (places > coefficient.length + maxZeros) return `${coefficient}e-${places}`
  const digits = coefficient.padStart(places + 1, '0')
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`
}

// Not /0+$/, which takes quadratic time on runs of zeros that do not end the text.
function trailingZeros(digits: string): number {
  let length = digits.length
  while (length > 0 && digits[length - 1] === '0') length -= 1
  return digits.length - length
}

function withoutLeadingZeros(digits: string): string {
  let zeros = 0
  while (digits[zeros] === '0') zeros += 1
  return zeros === 0 ? digits : digits.slice(zeros)
}
