import { expectedOperand, expectedOperator, syntaxError, type Edit, type SyntaxFault } from './syntax-error.ts'

/** What people write, or their keyboard or word processor writes for them, in place of what is read here. */
const replacements: ReadonlyMap<string, string> = new Map([
  ...[...'‐‑‒–—﹣－'].map((dash) => [dash, '-'] as const),
  ...[...'xX⋅∙•∗✕✖＊'].map((times) => [times, '*'] as const),
  ...[...':∕／'].map((slash) => [slash, '/'] as const),
  ...[...'[{（'].map((open) => [open, '('] as const),
  ...[...']}）'].map((close) => [close, ')'] as const),
  ['＋', '+'],
  ['²', '^2'],
  ['³', '^3'],
])

const letters = /\p{L}+/uy

/** Text that begins no token: a letter run is reported as one, anything else by its code point. */
export function unknownCharacter(source: string, position: number): SyntaxFault {
  if (source[position] === ',') return decimalComma(source, position)
  letters.lastIndex = position
  const text = letters.exec(source)?.[0] ?? String.fromCodePoint(source.codePointAt(position) ?? 0)
  const span = { position, length: text.length }
  const expected = [...expectedOperand, ...expectedOperator(true)]
  const replacement = replacements.get(text)
  if (replacement !== undefined) {
    const message = `Write ${replacement} instead of ${text}.`
    return syntaxError('UNKNOWN_CHARACTER', message, span, expected, { ...span, replacement })
  }
  const message = `Remove ${printable(text)}: an expression has only numbers, + - * / ^ and parentheses.`
  return syntaxError('UNKNOWN_CHARACTER', message, span, expected)
}

export function malformedNumber(source: string, position: number, length: number): SyntaxFault {
  const text = source.slice(position, position + length)
  const rule = /^[\d.]+[eE]/.test(text)
    ? 'an exponent is a whole number after one e, as in 1e3 or 2.5E-3'
    : 'a number has digits and at most one decimal point, as in 1.5'
  return syntaxError('MALFORMED_NUMBER', `Correct ${printable(text)}: ${rule}.`, { position, length }, ['number'])
}

function decimalComma(source: string, position: number): SyntaxFault {
  const message = 'Use . for decimals, and nothing between thousands.'
  return syntaxError('DECIMAL_COMMA', message, { position, length: 1 }, ['.'], commaEdit(source, position))
}

const thousands = /(?:,\d{3}(?!\d))+/y

/**
 * `1,5` is 1.5 and `1,234,567` is 1234567. `1,234` can be either, so it gets no edit: a suggestion that may be wrong by a factor of
 * a thousand is worse than none.
 */
function commaEdit(source: string, position: number): Edit | null {
  thousands.lastIndex = position
  const groups = thousands.exec(source)?.[0] ?? ''
  const isSeparated = groups.length > ',000'.length || (groups !== '' && source[position + groups.length] === '.')
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
