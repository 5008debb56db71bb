import { removeFactor } from './number-factors.ts'

// A number is an exact rational as a string: "n", or "n/d" with d above 1, in lowest terms, "-" before n where it is negative.

export function negate(value: string): string {
  if (value === '0') return value
  return value.startsWith('-') ? value.slice(1) : `-${value}`
}

const wellFormed = /^-?[1-9]\d*(?:\/[1-9]\d*)?$/

/**
 * Whether a text from outside has the form of a number, with at most `maxDigits` digits in its numerator and in its denominator.
 * Lowest terms are not checked: for a number of many digits that costs more than computing it did.
 */
export function isWellFormed(value: string, maxDigits: number): boolean {
  if (value === '0') return true
  if (value.length > 2 * maxDigits + '-/'.length) return false
  // Each result is looked at, so neither the match nor its parts are made.
  if (!wellFormed.test(value) || value.endsWith('/1')) return false
  const end = value.includes('/') ? value.indexOf('/') : value.length
  const numeratorLength = value.startsWith('-') ? end - 1 : end
  return numeratorLength <= maxDigits && value.length - end - 1 <= maxDigits
}

/** Whether the decimals of a number come to an end. */
export function isTerminating(value: string): boolean {
  const [, denominator = '1'] = value.split('/')
  return removeFactor(removeFactor(BigInt(denominator), 2n).rest, 5n).rest === 1n
}
