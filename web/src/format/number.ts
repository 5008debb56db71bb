import { perLanguage } from '../language/per-language.ts'

const grouped = perLanguage((language) => new Intl.NumberFormat(language, { maximumFractionDigits: 1 }))
const minus = '\u2212'

/** A count or a rate: `5,000`, `12.5`; in Russian `5 000`, `12,5`. */
export const formatCount = (count: number): string => grouped().format(count)

/** A number of any length in at most `length` characters, its middle left out. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text
  const tail = Math.floor((length - 1) / 3)
  return `${text.slice(0, length - 1 - tail)}…${text.slice(text.length - tail)}`
}

/**
 * A decimal number in about `length` characters, by which it can still be known: of a fraction the end is left out, of a
 * whole number the middle, and never the exponent.
 */
export function shortenNumber(text: string, length: number): string {
  if (text.length <= length) return text
  const exponentAt = text.search(/e/i)
  if (exponentAt > 0) {
    const exponent = text.slice(exponentAt)
    const kept = Math.max(text.startsWith('-') ? 2 : 1, length - exponent.length - 1)
    return `${text.slice(0, kept).replace(/\.$/, '')}…${exponent}`
  }
  const point = text.indexOf('.')
  if (point > 0 && point < length - 2) return `${text.slice(0, length - 1)}…`
  // Of a whole part that does not fit either the end is shown: the fraction's end would pass for it.
  return shorten(point > 0 ? text.slice(0, point) : text, length)
}

/** `1.6E+60` as `1.6` and `E+60`. */
export function splitExponent(text: string): { readonly digits: string; readonly exponent: string } {
  const at = text.search(/e/i)
  return at < 0 ? { digits: text, exponent: '' } : { digits: text.slice(0, at), exponent: text.slice(at) }
}

/** With a true minus sign. */
export const formatNumber = (text: string): string => (text.startsWith('-') ? minus + text.slice(1) : text)

/** One number, or many: `1 operation`, `12 operations`. */
export const plural = (count: number, noun: string): string => `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
