/**
 * Characters that nobody sees and that change nothing about a number or an operator, for a class of a pattern: the soft hyphen, joiners,
 * breaks of no width, and what says that text runs from left to right.
 */
export const invisible = '\\u00ad\\u200b-\\u200e\\u202a\\u202c\\u202d\\u2060\\u2066\\u2068\\u2069\\ufeff'

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻'
const plain = '0123456789+-'
const exponentLike = new RegExp(`[${superscripts}]+`, 'y')
const wideDigits = /[０-９．]+/y

/** A run of superscript digits at `position`, a sign before it included; `''` where there is none. */
export const superscriptAt = (source: string, position: number): string => matchAt(exponentLike, source, position)

/** `⁻¹²` as `-12`. */
export const lowered = (superscript: string): string =>
  Array.from(superscript, (character) => plain[superscripts.indexOf(character)] ?? '').join('')

/** A run of the digits that East Asian keyboards write, at `position`; `''` where there is none. */
export const wideNumberAt = (source: string, position: number): string => matchAt(wideDigits, source, position)

/** `１２` as `12`. */
export const narrowed = (wide: string): string => wide.normalize('NFKC')

/** What a sticky pattern finds at `position`; `''` where it finds nothing. */
export function matchAt(pattern: RegExp, source: string, position: number): string {
  pattern.lastIndex = position
  return pattern.exec(source)?.[0] ?? ''
}
