import { gcd } from './gcd.ts'

/** An exact number in lowest terms: the sign is the numerator's, the denominator is above 0. */
export interface Rational {
  readonly numerator: bigint
  readonly denominator: bigint
}

export const one: Rational = { numerator: 1n, denominator: 1n }

// Operands come in lowest terms and so do results. What that saves is the cost of it all: dividing by a common factor is cheap, finding
// it is not, and it is looked for only where there can be one, in the smallest numbers that have it (Knuth, TAOCP 4.5.1).

export function add(a: Rational, b: Rational): Rational {
  const common = gcd(a.denominator, b.denominator)
  if (common === 1n)
    return {
      numerator: a.numerator * b.denominator + b.numerator * a.denominator,
      denominator: a.denominator * b.denominator,
    }
  const ofA = a.denominator / common
  const sum = a.numerator * (b.denominator / common) + b.numerator * ofA
  const shared = gcd(sum, common)
  return { numerator: sum / shared, denominator: ofA * (b.denominator / shared) }
}

export const negate = ({ numerator, denominator }: Rational): Rational => ({ numerator: -numerator, denominator })

export function multiply(a: Rational, b: Rational): Rational {
  const left = gcd(a.numerator, b.denominator)
  const right = gcd(b.numerator, a.denominator)
  return {
    numerator: (a.numerator / left) * (b.numerator / right),
    denominator: (a.denominator / right) * (b.denominator / left),
  }
}

/** Of any number but 0. */
export const invert = ({ numerator, denominator }: Rational): Rational =>
  numerator < 0n
    ? { numerator: -denominator, denominator: -numerator }
    : { numerator: denominator, denominator: numerator }

// Stricter than BigInt, which also reads "", " 1" and "0x1".
const form = /^(-?\d+)(?:\/(\d*[1-9]\d*))?$/

/** Reads `n` or `n/d` in lowest terms, as the contract has it: that is not looked into. Throws at anything else. */
export function parse(text: string): Rational {
  const { numerator, denominator } = readParts(text)
  return { numerator: BigInt(numerator), denominator: BigInt(denominator) }
}

/** The digits of a number, which take little time to tell apart and much to read. Throws as `parse` does. */
export function readParts(text: string): { readonly numerator: string; readonly denominator: string } {
  const match = form.exec(text)
  if (match?.[1] === undefined) throw new Error(`"${text.slice(0, 40)}" is not a number of the form n or n/d.`)
  return { numerator: match[1], denominator: match[2] ?? '1' }
}
