import { toScientific, withoutZeros } from './scientific.ts'

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
 *
 * What it costs depends on the digits that are asked for and hardly on those that the number has: of 10 000 it looks at the first,
 * and reads the rest only where the rounding hangs on it.
 */
export function toDecimal(value: string, digits: number = defaultDigits): Decimal {
  const isNegative = value.startsWith('-')
  const [numerator = '', denominator = '1'] = (isNegative ? value.slice(1) : value).split('/')
  // As most are.
  if (denominator === '1' && numerator.length <= digits) return { text: value, exact: true }
  const { text, exact } = write(round(numerator, denominator, digits), digits)
  return { text: isNegative ? `-${text}` : text, exact }
}

/** `whole` and, where `fraction` is not zero, something less than one unit more, in units of 10^-places. */
interface Quotient {
  readonly whole: bigint
  readonly fraction: 'zero' | 'below half' | 'half' | 'above half'
  readonly places: number
}

function write({ whole, fraction, places }: Quotient, digits: number): Decimal {
  const exact = fraction === 'zero'
  const isUp = fraction === 'above half' || (fraction === 'half' && whole % 2n === 1n)
  const rounded = isUp ? whole + 1n : whole
  const isCarried = rounded === 10n ** BigInt(digits)
  const coefficient = (isCarried ? rounded / 10n : rounded).toString()
  const exponent = (isCarried ? 1 : 0) - places
  return { text: toScientific(exact ? withoutZeros(coefficient, exponent, digits) : { coefficient, exponent }), exact }
}

function round(numerator: string, denominator: string, digits: number): Quotient {
  if (denominator === '1') return roundInteger(numerator, digits)
  const divisor = withoutZerosAtEnd(denominator)
  // Division by a power of ten moves the point and changes no digit.
  const shift = denominator.length - divisor.length
  if (mayEnd(numerator, divisor, digits)) return divideFully(numerator, divisor, digits, shift)
  return divideFirst(numerator, divisor, digits, shift) ?? divideFully(numerator, divisor, digits, shift)
}

/** Its digits are there already. */
function roundInteger(text: string, digits: number): Quotient {
  const places = digits - text.length
  if (places >= 0) return { whole: BigInt(text) * 10n ** BigInt(places), fraction: 'zero', places }
  const next = text[digits] ?? '0'
  const isMore = /[1-9]/.test(text.slice(digits + 1))
  return { whole: BigInt(text.slice(0, digits)), fraction: fractionOf(next, isMore), places }
}

function fractionOf(next: string, isMore: boolean): Quotient['fraction'] {
  if (next === '0' && !isMore) return 'zero'
  if (next === '5' && !isMore) return 'half'
  return next >= '5' ? 'above half' : 'below half'
}

/**
 * Whether the quotient may end within `digits` digits or half a unit of the last. Only then does its numerator, in lowest terms, divide
 * twice a number of so many digits; and its denominator, which does not end in 0, is a power of 2 or of 5 whose counterpart divides it.
 */
const mayEnd = (numerator: string, denominator: string, digits: number): boolean =>
  numerator.length <= digits + 2 && denominator.length <= 3 * digits + 10

function divideFully(numerator: string, denominator: string, digits: number, shift: number): Quotient {
  const [above, below] = [BigInt(numerator), BigInt(denominator)]
  return withDigits(numerator, denominator, digits, shift, (exponent) => {
    const dividend = exponent > 0 ? above * 10n ** BigInt(exponent) : above
    const divisor = exponent < 0 ? below * 10n ** BigInt(-exponent) : below
    const whole = dividend / divisor
    const remainder = dividend - whole * divisor
    return { whole, fraction: compareToHalf(2n * remainder, divisor) }
  })
}

function compareToHalf(twice: bigint, divisor: bigint): Quotient['fraction'] {
  if (twice === 0n) return 'zero'
  if (twice === divisor) return 'half'
  return twice > divisor ? 'above half' : 'below half'
}

/** More digits than are asked for, by which the bounds below come apart once in 10^18 numbers. */
const guardDigits = 20

/**
 * From the first digits of both, which say that the quotient is between two bounds. Null where these do not round alike. It must not be a
 * quotient that ends: its fraction would pass for one that does not.
 */
function divideFirst(numerator: string, denominator: string, digits: number, shift: number): Quotient | null {
  const above = firstDigits(numerator, digits + guardDigits)
  const below = firstDigits(denominator, digits + guardDigits)
  let areBoundsAlike = true
  const quotient = withDigits(numerator, denominator, digits, shift, (exponent) => {
    const scale = exponent + above.dropped - below.dropped
    const [up, down] = scale > 0 ? [10n ** BigInt(scale), 1n] : [1n, 10n ** BigInt(-scale)]
    const low = (2n * above.low * up) / (below.high * down)
    const high = (2n * above.high * up) / (below.low * down)
    areBoundsAlike = low === high
    return { whole: low / 2n, fraction: low % 2n === 0n ? 'below half' : 'above half' }
  })
  return areBoundsAlike ? quotient : null
}

/** A number is between `low` and `high`, both times 10^dropped. */
function firstDigits(text: string, count: number) {
  const dropped = Math.max(0, text.length - count)
  const low = BigInt(dropped > 0 ? text.slice(0, count) : text)
  return { low, high: dropped > 0 ? low + 1n : low, dropped }
}

/** @param divide gives `numerator / denominator` in units of 10^-exponent */
function withDigits(
  numerator: string,
  denominator: string,
  digits: number,
  shift: number,
  divide: (exponent: number) => Omit<Quotient, 'places'>,
): Quotient {
  // The quotient has `digits` digits or one more; where it has one more, it is divided again with one place fewer.
  const exponent = digits - numerator.length + denominator.length
  const quotient = divide(exponent)
  if (quotient.whole < 10n ** BigInt(digits)) return { ...quotient, places: exponent + shift }
  return { ...divide(exponent - 1), places: exponent - 1 + shift }
}

// Not /0+$/, which takes quadratic time on runs of zeros that do not end the text.
function withoutZerosAtEnd(text: string): string {
  let length = text.length
  while (text[length - 1] === '0') length -= 1
  return text.slice(0, length)
}
