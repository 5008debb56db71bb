import { removeFactor } from './number-factors.ts'

// A number is an exact rational as a string: "n", or "n/d" with d above 1, in lowest terms, "-" before n where it is negative.

export function negate(value: string): string {
  if (value === '0') return value
  return value.startsWith('-') ? value.slice(1) : `-${value}`
}

const wellFormed = /^-?([1-9]\d*)(?:\/([1-9]\d*))?$/

/**
 * Whether a text from outside has the form of a number, with at most `maxDigits` digits in its numerator and in its denominator.
 * Lowest terms are not checked: for a number of many digits that costs more than computing it did.
 */
export function isWellFormed(value: string, maxDigits: number): boolean {
  if (value === '0') return true
  if (value.length > 2 * maxDigits + '-/'.length) return false
  const [, numerator = '', denominator = ''] = wellFormed.exec(value) ?? []
  if (numerator === '' || denominator === '1') return false
  return numerator.length <= maxDigits && denominator.length <= maxDigits
}

/** Whether the decimals of a number come to an end. */
export function isTerminating(value: string): boolean {
  return removeTens(parseNumber(value).denominator).rest === 1n
}

export interface Decimal {
  readonly text: string
  /** Whether the text is the number itself and not its rounding. */
  readonly exact: boolean
}

/** The precision of IEEE 754 decimal128. */
export const defaultDigits = 34

/**
 * A number rounded half-even to `digits` significant digits. A rounded result keeps all of them; an exact one has no zeros at
 * the end of its decimals. Written as IEEE 754 to-scientific-string does: plain (`1200`, `0.0000012`) unless the number is below
 * 10^-6 or its last digit of `digits` stands before the units: `1.2E-7`, `1.2E+40`.
 */
export function toDecimal(value: string, digits: number = defaultDigits): Decimal {
  const { isNegative, numerator, denominator } = parseNumber(value)
  if (numerator === 0n) return { text: '0', exact: true }
  const magnitude = digitCount(numerator) - digitCount(denominator)
  // The quotient has `digits` digits or one more; where it has one more, it is computed again with one place fewer.
  let places = digits - magnitude
  let quotient = divideScaled(numerator, denominator, places)
  const bound = 10n ** BigInt(digits)
  if (quotient.whole >= bound) {
    places -= 1
    quotient = divideScaled(numerator, denominator, places)
  }
  const exact = quotient.remainder === 0n
  let coefficient = quotient.whole
  if (isRoundedUp(quotient)) coefficient += 1n
  if (coefficient === bound) {
    coefficient /= 10n
    places -= 1
  }
  const text = coefficient.toString()
  const digitsAndExponent = exact ? withoutZeros(text, -places, digits) : { coefficient: text, exponent: -places }
  return { text: (isNegative ? '-' : '') + toScientific(digitsAndExponent), exact }
}

/** Longer than any number within the default limits, except fractions with most of their digits in powers of 2 or of 5. */
const maxRepeatingLength = 20_000

/**
 * A number as a decimal with its period in parentheses, `0.1(6)`, or without parentheses where the decimals end, `0.25`.
 * Null where the period is longer than `maxPeriod` digits or the text longer than 20 000.
 */
export function toRepeating(value: string, maxPeriod = 1_000): string | null {
  const { isNegative, numerator, denominator } = parseNumber(value)
  const { rest, places } = removeTens(denominator)
  const whole = (numerator / denominator).toString()
  const period = periodOf(rest, maxPeriod)
  if (period === null || whole.length + places + period > maxRepeatingLength) return null
  const scaled = (numerator % denominator) * 10n ** BigInt(places)
  const prefix = places === 0 ? '' : (scaled / denominator).toString().padStart(places, '0')
  const repeated = ((scaled % denominator) * 10n ** BigInt(period)) / denominator
  const suffix = period === 0 ? '' : `(${repeated.toString().padStart(period, '0')})`
  const decimals = prefix + suffix
  return (isNegative ? '-' : '') + (decimals === '' ? whole : `${whole}.${decimals}`)
}

/** The order of 10 modulo a number with no factor 2 or 5; 0 for 1. */
function periodOf(modulus: bigint, maxPeriod: number): number | null {
  if (modulus === 1n) return 0
  // It divides 10^period - 1, so it has no more digits than its period.
  if (digitCount(modulus) > maxPeriod) return null
  let power = 10n % modulus
  for (let period = 1; period <= maxPeriod; period += 1) {
    if (power === 1n) return period
    power = (power * 10n) % modulus
  }
  return null
}

interface ParsedNumber {
  readonly isNegative: boolean
  /** Without the sign. */
  readonly numerator: bigint
  readonly denominator: bigint
}

function parseNumber(value: string): ParsedNumber {
  const isNegative = value.startsWith('-')
  const [numerator = '', denominator = '1'] = (isNegative ? value.slice(1) : value).split('/')
  return { isNegative, numerator: BigInt(numerator), denominator: BigInt(denominator) }
}

/** `rest` has no factor 2 or 5; `places` decimals are those that the removed factors need. */
function removeTens(denominator: bigint): { readonly rest: bigint; readonly places: number } {
  const twos = removeFactor(denominator, 2n)
  const fives = removeFactor(twos.rest, 5n)
  return { rest: fives.rest, places: Math.max(twos.count, fives.count) }
}

interface Quotient {
  readonly whole: bigint
  readonly remainder: bigint
  readonly divisor: bigint
}

/** `numerator / denominator * 10^places`, `places` of either sign. */
function divideScaled(numerator: bigint, denominator: bigint, places: number): Quotient {
  const dividend = places > 0 ? numerator * 10n ** BigInt(places) : numerator
  const divisor = places < 0 ? denominator * 10n ** BigInt(-places) : denominator
  return { whole: dividend / divisor, remainder: dividend % divisor, divisor }
}

function isRoundedUp({ whole, remainder, divisor }: Quotient): boolean {
  const twice = 2n * remainder
  return twice === divisor ? whole % 2n === 1n : twice > divisor
}

interface ScaledDigits {
  readonly coefficient: string
  readonly exponent: number
}

/** Zeros at the end go, except those before the units of a number that its `digits` can write without an exponent. */
function withoutZeros(coefficient: string, exponent: number, digits: number): ScaledDigits {
  let length = coefficient.length
  while (length > 1 && coefficient[length - 1] === '0') length -= 1
  const shortest = coefficient.slice(0, length)
  const shortestExponent = exponent + coefficient.length - length
  const isPlainInteger = shortestExponent > 0 && length + shortestExponent <= digits
  return isPlainInteger
    ? { coefficient: shortest + '0'.repeat(shortestExponent), exponent: 0 }
    : { coefficient: shortest, exponent: shortestExponent }
}

const minPlainExponent = -6

function toScientific({ coefficient, exponent }: ScaledDigits): string {
  const adjusted = exponent + coefficient.length - 1
  if (exponent > 0 || adjusted < minPlainExponent) {
    const decimals = coefficient.length > 1 ? `.${coefficient.slice(1)}` : ''
    return `${coefficient.slice(0, 1)}${decimals}E${adjusted < 0 ? '-' : '+'}${Math.abs(adjusted)}`
  }
  if (exponent === 0) return coefficient
  const padded = coefficient.padStart(1 - exponent, '0')
  return `${padded.slice(0, exponent)}.${padded.slice(exponent)}`
}

function digitCount(value: bigint): number {
  return value.toString().length
}
