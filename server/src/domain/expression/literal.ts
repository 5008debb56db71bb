import { removeFactor } from '../number-factors.ts'

export type LiteralResult =
  { readonly kind: 'value'; readonly value: string } | { readonly kind: 'too-long'; readonly digits: number }

const wholeNumber = /^(?:0|[1-9]\d*)$/

/**
 * The exact value of a number's text, `"n"` or `"n/d"` in lowest terms. What it costs depends on how long the text is and not on
 * the exponent, so that neither `1e999999999` nor a thousand times `1e-9999` is slow.
 */
export function readLiteral(text: string, maxDigits: number): LiteralResult {
  // As most are.
  if (wholeNumber.test(text)) return readInteger(text, 0, maxDigits)
  const [mantissa = '', exponentText = '0'] = text.split(/e/i)
  const [whole = '', fraction = ''] = mantissa.split('.')
  const padded = whole + fraction
  const coefficient = withoutTrailingZeros(padded.replace(/^0+/, ''))
  if (coefficient === '') return { kind: 'value', value: '0' }
  const exponent = Number(exponentText) - fraction.length + trailingZeros(padded)
  return exponent >= 0 ? readInteger(coefficient, exponent, maxDigits) : readFraction(coefficient, -exponent, maxDigits)
}

function readInteger(coefficient: string, zeros: number, maxDigits: number): LiteralResult {
  const digits = coefficient.length + zeros
  if (digits > maxDigits) return { kind: 'too-long', digits }
  return { kind: 'value', value: coefficient + '0'.repeat(zeros) }
}

/** `coefficient / 10^places`. The coefficient does not end in 0, so it shares with the denominator either twos or fives or nothing. */
function readFraction(coefficient: string, places: number, maxDigits: number): LiteralResult {
  // The denominator in lowest terms is more than 10^(places - coefficient.length): too long, without being built.
  if (places - coefficient.length > maxDigits) return { kind: 'too-long', digits: places + 1 }
  const shared = coefficient.endsWith('5') ? 5n : 2n
  const { rest, count } = removeFactor(BigInt(coefficient), shared)
  const removed = Math.min(count, places)
  const numerator = (rest * shared ** BigInt(count - removed)).toString()
  const denominator = ((10n / shared) ** BigInt(removed)).toString() + '0'.repeat(places - removed)
  const digits = Math.max(numerator.length, denominator.length)
  return digits > maxDigits ? { kind: 'too-long', digits } : { kind: 'value', value: `${numerator}/${denominator}` }
}

/** Longer runs of zeros are written with an exponent. */
const maxZeros = 20

/** The text of a value that is not negative; `readLiteral` reads it back. A value that no text can give stands as `(n/d)`. */
export function printLiteral(value: string): string {
  const [numerator = '', denominator] = value.split('/')
  if (denominator === undefined) {
    const zeros = trailingZeros(numerator)
    return zeros > maxZeros && zeros < numerator.length ? `${numerator.slice(0, -zeros)}e${zeros}` : numerator
  }
  const tens = trailingZeros(denominator)
  const twos = removeFactor(BigInt(withoutTrailingZeros(denominator)), 2n)
  const fives = removeFactor(twos.rest, 5n)
  if (fives.rest !== 1n) return `(${value})`
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

function withoutTrailingZeros(digits: string): string {
  return digits.slice(0, digits.length - trailingZeros(digits))
}
