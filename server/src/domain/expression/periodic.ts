// A number whose decimals repeat, the period in parentheses, as results are shown: `0.(3)` is 1/3, `1.2(34)` is 611/495.

import { commonDivisor } from '../plausibility/common-divisor.ts'

const periodic = /^(\d*)\.(\d*)\((\d+)\)$/

export const isPeriodic = (literal: string): boolean => literal.endsWith(')')

interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** The last few: whoever computes with one, or shows it, asks for it at each operation that takes it. */
const reduced = new Map<string, Fraction>()
const mostRemembered = 8

/**
 * The exact value of a periodic number without a sign, in lowest terms. To reduce it takes time that grows with the square of its length,
 * some 10 ms for the longest source: it is done for the few that are written so.
 */
export function reducePeriodic(literal: string): Fraction {
  const known = reduced.get(literal)
  if (known !== undefined) return known
  const [oldest] = reduced.keys()
  if (oldest !== undefined && reduced.size >= mostRemembered) reduced.delete(oldest)
  const fraction = reduce(literal)
  reduced.set(literal, fraction)
  return fraction
}

function reduce(literal: string): Fraction {
  const [, whole = '', lead = '', period = ''] = periodic.exec(literal) ?? []
  // 1.2(34): a thousand of it less ten of it, which have the same decimals from there on.
  const above = BigInt(whole + lead + period) - BigInt(`0${whole}${lead}`)
  const below = BigInt('9'.repeat(period.length) + '0'.repeat(lead.length))
  const common = above === 0n ? below : commonDivisor(above, below)
  return { numerator: above / common, denominator: below / common }
}
