import { removeFactor } from './number-factors.ts'

/** Longer than any number within the default limits whose decimals end: a power of 2 with 10 000 digits has 33 218 places. */
const maxLength = 35_000

export const repeatingAbsences = ['PERIOD_TOO_LONG', 'TEXT_TOO_LONG'] as const

export type Repeating =
  | { readonly kind: 'written'; readonly text: string }
  /** Why it is not. */
  | { readonly kind: 'absent'; readonly reason: (typeof repeatingAbsences)[number] }

/**
 * A number as a decimal with its period in parentheses, `0.1(6)`, or without parentheses where the decimals end, `0.25`. Not where the
 * period is longer than `maxPeriod` digits or the text longer than 35 000.
 */
export function toRepeating(value: string, maxPeriod = 1_000): Repeating {
  const [signed = '', denominatorText] = value.split('/')
  if (denominatorText === undefined) return signed.length > maxLength ? textTooLong : written(signed)
  // Most long denominators are odd and no multiple of 5: nothing needs to be computed to know that their periods are too long.
  if (denominatorText.length > maxPeriod && /[1379]$/.test(denominatorText)) return periodTooLong
  const denominator = BigInt(denominatorText)
  const { rest, places } = removeTens(denominator)
  if (places > maxLength) return textTooLong
  const period = periodOf(rest, maxPeriod)
  if (period === null) return periodTooLong
  const isNegative = signed.startsWith('-')
  const numerator = BigInt(isNegative ? signed.slice(1) : signed)
  const whole = (numerator / denominator).toString()
  if (whole.length + places + period > maxLength) return textTooLong
  const scaled = (numerator % denominator) * 10n ** BigInt(places)
  const prefix = places === 0 ? '' : (scaled / denominator).toString().padStart(places, '0')
  const repeated = ((scaled % denominator) * 10n ** BigInt(period)) / denominator
  const suffix = period === 0 ? '' : `(${repeated.toString().padStart(period, '0')})`
  const decimals = prefix + suffix
  return written((isNegative ? '-' : '') + (decimals === '' ? whole : `${whole}.${decimals}`))
}

const written = (text: string): Repeating => ({ kind: 'written', text })
const periodTooLong: Repeating = { kind: 'absent', reason: 'PERIOD_TOO_LONG' }
const textTooLong: Repeating = { kind: 'absent', reason: 'TEXT_TOO_LONG' }

/** `rest` has no factor 2 or 5; `places` decimals are those that the removed factors need. */
function removeTens(denominator: bigint): { readonly rest: bigint; readonly places: number } {
  const twos = removeFactor(denominator, 2n)
  const fives = removeFactor(twos.rest, 5n)
  return { rest: fives.rest, places: Math.max(twos.count, fives.count) }
}

/** The order of 10 modulo a number with no factor 2 or 5; 0 for 1. */
function periodOf(modulus: bigint, maxPeriod: number): number | null {
  if (modulus === 1n) return 0
  // It divides 10^period - 1, so it has no more digits than its period: whatever is shorter need not be tried.
  if (modulus >= 10n ** BigInt(maxPeriod)) return null
  const shortest = modulus.toString().length
  let power = 10n ** BigInt(shortest) % modulus
  for (let period = shortest; period <= maxPeriod; period += 1) {
    if (power === 1n) return period
    power = (power * 10n) % modulus
  }
  return null
}
