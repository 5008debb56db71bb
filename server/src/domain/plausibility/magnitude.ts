import { countDigits, type Parts } from './parts.ts'
import { exactDigits } from './residues.ts'

/** Far above what rounding does to quotients of leading digits. */
const certainty = 1e-12

/**
 * Compares by lengths and leading digits, in no time: below 0, 0 or above, as the first is less, too near to tell, or greater. Of whole
 * numbers 0 means the same.
 */
export function compareNearly(a: Parts, b: Parts): number {
  const [sign, other] = [signOf(a), signOf(b)]
  if (sign !== other || sign === 0) return sign - other
  if (a.denominator === b.denominator) return sign * compareDigits(digitsOf(a.numerator), digitsOf(b.numerator))
  const difference = log10(a) - log10(b)
  return Math.abs(difference) > certainty * (1 + Math.abs(log10(a))) ? sign * difference : 0
}

export const isSame = (a: Parts, b: Parts): boolean => a.numerator === b.numerator && a.denominator === b.denominator

export const signOf = ({ numerator }: Parts): number => (numerator === '0' ? 0 : numerator.startsWith('-') ? -1 : 1)

export const absolute = ({ numerator, denominator }: Parts): Parts => ({ numerator: digitsOf(numerator), denominator })

/** Of the magnitude of any number but 0: to 13 digits where it is not far from 1, however long the number is. */
export function log10({ numerator, denominator }: Parts): number {
  const [above, below] = [leadOf(digitsOf(numerator)), leadOf(denominator)]
  return Math.log10(above.lead) - Math.log10(below.lead) + (above.scale - below.scale)
}

/** Digits of the longest numerator or denominator. */
export const longest = (...numbers: readonly Parts[]): number =>
  Math.max(...numbers.flatMap(({ numerator, denominator }) => [countDigits(numerator), denominator.length]))

function leadOf(digits: string) {
  const leading = digits.slice(0, exactDigits)
  return { lead: Number(leading), scale: digits.length - leading.length }
}

const digitsOf = (integer: string): string => (integer.startsWith('-') ? integer.slice(1) : integer)

function compareDigits(left: string, right: string): number {
  if (left.length !== right.length) return left.length - right.length
  return left < right ? -1 : left > right ? 1 : 0
}
