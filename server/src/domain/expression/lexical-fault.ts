import type { Span } from '../span.ts'
import { invisible, lowered, matchAt, narrowed, superscriptAt, wideNumberAt } from './characters.ts'
import { expectedOperand, syntaxError, type Edit, type SyntaxFault } from './syntax-error.ts'

/** What people write, or their keyboard or word processor writes for them, in place of what is read here, and what can mean nothing else. */
const replacements: ReadonlyMap<string, string> = new Map([
  ...[...'‐‑‒–—﹣－'].map((dash) => [dash, '-'] as const),
  ...[...'⋅∙•∗✕✖＊'].map((times) => [times, '*'] as const),
  ...[...'∕／'].map((slash) => [slash, '/'] as const),
  ...[...'[{（'].map((open) => [open, '('] as const),
  ...[...']}）'].map((close) => [close, ')'] as const),
  ['＋', '+'],
  ['＾', '^'],
])

/** What has several meanings, of which nobody knows the one that was meant. */
const advice: ReadonlyMap<string, string> = new Map([
  ['%', 'Write mod(a, b) for the remainder of a / b, and /100 for per cent.'],
  ['!', 'Write factorial(n) for n!.'],
  [':', 'Write / to divide.'],
])

const letters = /\p{L}+/uy

/**
 * Text that begins no token: a run of letters that no name has is reported as one, anything else by its code point. What is expected there the
 * parser knows.
 */
export function unknownCharacter(source: string, position: number): SyntaxFault {
  letters.lastIndex = position
  const text = letters.exec(source)?.[0] ?? String.fromCodePoint(source.codePointAt(position) ?? 0)
  const message = adviceFor(text)
  return (
    evidentFault(source, position, text) ??
    syntaxError('UNKNOWN_CHARACTER', message, { position, length: text.length }, expectedOperand)
  )
}

const turnsText = /[\u061c\u200f\u202b\u202e\u2067]/

function adviceFor(text: string): string {
  const known = advice.get(text)
  if (known !== undefined) return known
  if (turnsText.test(text))
    return `Remove ${printable(text)}: it turns the direction of text, so that what is shown is not what is read.`
  return `${printable(text)} means nothing here: an expression has numbers, names, + - * / ^ and parentheses.`
}

/** The fault of a text that can mean but one thing; null where it could mean several, or nothing. */
function evidentFault(source: string, position: number, text: string): SyntaxFault | null {
  const replacement = replacements.get(text)
  if (replacement !== undefined) return inPlaceOf(position, text, replacement)
  const wide = wideNumberAt(source, position)
  if (wide !== '') return inPlaceOf(position, wide, narrowed(wide))
  return superscript(source, position) ?? separatedDigits(source, position)
}

function inPlaceOf(position: number, text: string, replacement: string, expected = expectedOperand): SyntaxFault {
  const edit = { position, length: text.length, replacement }
  const message = `Write ${replacement} instead of ${text}.`
  return syntaxError('UNKNOWN_CHARACTER', message, edit, expected, edit)
}

/** The `:` or `…` of `1:10`, where a range has its `..`; null where that comes yet, as in `6:2..9`. */
export function otherDots(source: string, position: number): SyntaxFault | null {
  const text = matchAt(/[:…‥](?![^,;]*\.\.)/y, source, position)
  return text === '' ? null : inPlaceOf(position, text, '..')
}

/** The `:` of `k: 1..10`, where a range has its `=`. */
export function otherEquals(source: string, position: number): SyntaxFault | null {
  return source[position] === ':' ? inPlaceOf(position, ':', '=', ['=']) : null
}

/** What would make one number with an exponent before it. */
const digitsOn = new RegExp(`(?:[^\\S\\n]|[${invisible}])*[\\d０-９]|\\.(?!\\.)|[．eE_'’]`, 'y')
const raisedAgain = new RegExp(`[\\s${invisible}]*(?:[\\^＾]|[*∗＊]{2})`, 'y')

/**
 * `3⁴` is 3^4, and `2²³` is 2^23. Of `2²3` nobody knows what the 3 belongs to, and `2²^3` is (2^2)^3 where `2^2^3` is 2^(2^3): they get no
 * edit.
 */
function superscript(source: string, position: number): SyntaxFault | null {
  const text = superscriptAt(source, position)
  const exponent = lowered(text)
  if (!/^[+-]?\d+$/.test(exponent) || !/[\w.)]/.test(source.charAt(position - 1))) return null
  const end = position + text.length
  const isRaisedAgain = matchAt(raisedAgain, source, end) !== ''
  if (!isRaisedAgain && matchAt(digitsOn, source, end) === '') return inPlaceOf(position, text, `^${exponent}`)
  const besides = isRaisedAgain ? 'parentheses round the power that is raised' : 'an operator after it'
  const message = `Write ^${exponent} instead of ${text}, and ${besides}.`
  return syntaxError('UNKNOWN_CHARACTER', message, { position, length: text.length }, expectedOperand)
}

const between = /[xX]\s*(?=[\d.(])/y
const otherBase = /[xXbBoO][\da-fA-F]/y
const givenX = new RegExp(`\\bx[\\s${invisible}]*=`, 'i')

/**
 * The letter in `2x3` and `(1+2) x (3+4)`, or that of `0x10`, which is a number somewhere else. Null for one that begins a name: the one of
 * `2x+1`, and any where x is a name.
 */
export function strayLetter(source: string, position: number): SyntaxFault | null {
  const before = source.slice(0, position)
  const isAfterZero = /(?:^|[^\d.])0$/.test(before)
  otherBase.lastIndex = position
  if (isAfterZero && otherBase.test(source))
    return syntaxError('MALFORMED_NUMBER', 'Write the number in decimal digits.', { position, length: 1 }, ['number'])
  between.lastIndex = position
  if (isAfterZero || !between.test(source) || !/[\d.)]\s*$/.test(before) || givenX.test(source)) return null
  return inPlaceOf(position, source.slice(position, position + 1), '*')
}

const underscored = /(?:_\d+)+(?![_\p{L}])/uy
const apostrophized = /(?:['’]\d{3}(?!\d))+/y

/** `1_000` and `1'000`, as programmers and the Swiss write. */
function separatedDigits(source: string, position: number): SyntaxFault | null {
  const before = source.slice(0, position)
  const pattern = source[position] === '_' ? underscored : apostrophized
  pattern.lastIndex = position
  const groups = pattern.exec(source)?.[0] ?? ''
  const follows = pattern === underscored ? /\d$/.test(before) : /(?:^|[^\d.])[1-9]\d{0,2}$/.test(before)
  if (groups === '' || !follows) return null
  const edit = { position, length: groups.length, replacement: groups.replace(/\D/g, '') }
  const message = `Write the number without ${groups.slice(0, 1)}.`
  return syntaxError('UNKNOWN_CHARACTER', message, { position, length: 1 }, ['digit'], edit)
}

/** `2+2=` and `=2+2`, as calculators and spreadsheets have them. */
export function strayEquals(source: string, position: number, expected: readonly string[]): SyntaxFault | null {
  const [before, after] = [source.slice(0, position).trim(), source.slice(position + 1).trim()]
  if (source[position] !== '=' || (before === '') === (after === '') || after.startsWith('=')) return null
  const edit = { position, length: 1, replacement: '' }
  return syntaxError('MISPLACED_EQUALS', 'Write the expression without =.', edit, expected, edit)
}

export function malformedNumber(source: string, position: number, length: number): SyntaxFault {
  const text = source.slice(position, position + length)
  const message = `Correct ${printable(text)}: ${ruleFor(text)}.`
  return syntaxError('MALFORMED_NUMBER', message, { position, length }, ['number'])
}

function ruleFor(text: string): string {
  if (text.includes('(')) return 'a repeating number ends with its period, as in 0.(3)'
  if (/[eE]/.test(text)) return 'an exponent is a whole number after one e, as in 1e3 or 2.5E-3'
  return 'a number has digits and at most one decimal point, as in 1.5'
}

/**
 * A comma that separates nothing. It is one of decimals in a number or where one can begin; behind a parenthesis or a name it may be
 * anything.
 * @param expected what could have stood there
 */
export function decimalComma(source: string, comma: Span, expected: readonly string[]): SyntaxFault {
  const message = 'Use . for decimals, and nothing between thousands.'
  const isDecimal = expected.includes('number') || /[\d.]/.test(source.charAt(comma.position - 1))
  return isDecimal
    ? syntaxError('DECIMAL_COMMA', message, comma, ['.'], commaEdit(source, comma.position))
    : syntaxError('DECIMAL_COMMA', message, comma, expected)
}

const thousands = /(?:,\d{3}(?!\d))+/y

/**
 * `1,5` is 1.5 and `1,234,567` is 1234567. `1,234` can be either, so it gets no edit: a suggestion that may be wrong by a factor of
 * a thousand is worse than none.
 */
function commaEdit(source: string, position: number): Edit | null {
  thousands.lastIndex = position
  const groups = thousands.exec(source)?.[0] ?? ''
  const isAfterWhole = groups !== '' && /(?:^|[^\d.])\d+$/.test(source.slice(0, position))
  const isSeparated = isAfterWhole && (groups.length > ',000'.length || source[position + groups.length] === '.')
  if (isSeparated) return { position, length: groups.length, replacement: groups.replaceAll(',', '') }
  const lead = /(?:^|\D)(\d{1,3})$/.exec(source.slice(Math.max(0, position - 4), position))?.[1]
  const isAmbiguous = groups !== '' && lead !== undefined && lead !== '0'
  return isAmbiguous ? null : { position, length: 1, replacement: '.' }
}

const maxQuoted = 24

/** Quoted for a message: short, and without characters that a terminal or a page would act on or not show. */
export function printable(text: string): string {
  const characters = [...text.slice(0, maxQuoted)]
  const shown = characters.map((character) =>
    /[\p{C}\p{Z}]/u.test(character)
      ? `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`
      : character,
  )
  return shown.join('') + (text.length > maxQuoted ? '…' : '')
}
