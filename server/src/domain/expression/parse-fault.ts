import type { OperatorName } from '../operation.ts'
import type { Span } from '../span.ts'
import { invisible } from './characters.ts'
import { malformedNumber, printable, strayEquals } from './lexical-fault.ts'
import { expectedOperand, syntaxError, type SyntaxFault } from './syntax-error.ts'
import type { ValidToken } from './token.ts'

/** An operand is due, after `previous`, and `found` is none. */
export function missingOperand(source: string, previous: Span | null, found: ValidToken): SyntaxFault {
  if (found.kind === 'end' && previous === null) {
    const message = 'Write an expression, such as 2+2*2.'
    return syntaxError('EMPTY_EXPRESSION', message, found, expectedOperand)
  }
  const after = previous === null ? '' : ` after ${text(source, previous)}`
  const before = found.kind === 'end' ? '' : ` before ${text(source, found)}`
  const message = `Write a number or a parenthesis${after}${before}.`
  return syntaxError('MISSING_OPERAND', message, found, expectedOperand)
}

/** What stands at a place where nothing is read: the lexer's fault, and what could have stood there. */
export function unreadable(fault: SyntaxFault, expected: readonly string[]): SyntaxFault {
  if (fault.error.code !== 'UNKNOWN_CHARACTER') return fault
  return { ...fault, error: { ...fault.error, expected } }
}

/**
 * An operand `found` stands right after the end of another, `previous`.
 * @param waiting the operator before that one
 */
export function missingOperator(
  source: string,
  previous: Span,
  found: ValidToken,
  waiting: OperatorName | undefined,
  expected: readonly string[],
): SyntaxFault {
  const end = previous.position + previous.length
  const gap = { position: end, length: found.position - end }
  const grouped = found.kind === 'number' ? digitGroups(source, previous, gap) : null
  if (grouped !== null) {
    const edit = { position: end, length: grouped.length, replacement: grouped.replace(/\D/g, '') }
    const what = /\s/.test(grouped) ? 'spaces' : text(source, gap)
    return syntaxError('SPACE_IN_NUMBER', `Write the number without ${what}.`, gap, ['digit'], edit)
  }
  const isSure = isSurelyProduct(source, previous, found)
  const operator = isSure ? 'an operator, such as *,' : 'an operator'
  const message = `Write ${operator} between ${text(source, previous)} and ${text(source, found)}.`
  // `6/2(3)` is 9 as `6/2*3` is, and 1 to those who take 2(3) for one number.
  const isHeld = waiting === '/' || waiting === '^'
  const edit = isSure && !isHeld ? { ...gap, replacement: '*' } : null
  return syntaxError('IMPLICIT_MULTIPLICATION', message, found, expected, edit)
}

const mixedFraction = /\s+\(\s*\d+\s*\/\s*\d+\s*\)/y

/**
 * Whether what stands side by side can be nothing but a product: `2(1+2)`. Two numbers can be one with something lost between them, `3 1/2`
 * and `3 (1/2)` are three and a half to many, `1.(2+3)` looks like a number that repeats, and `(1+2).5` may lack anything. Of two lines
 * nobody knows what joins them.
 */
function isSurelyProduct(source: string, previous: Span, found: ValidToken): boolean {
  const end = previous.position + previous.length
  if (/[^ \u00a0]/.test(source.slice(end, found.position))) return false
  const isAfterParenthesis = source[previous.position] === ')'
  const isAfterNumber = /[\d.]/.test(source.charAt(previous.position))
  if (found.kind === 'number') return isAfterParenthesis && source[found.position] !== '.'
  // Whether it is one that has a value, whoever reads the corrected source finds out.
  if (found.kind === 'name') return isAfterParenthesis || isAfterNumber
  if (found.kind !== 'open' || !isAfterNumber) return found.kind === 'open'
  mixedFraction.lastIndex = end
  return /\d/.test(source.slice(end - 1, end)) && !mixedFraction.test(source)
}

/** It has no edit: `1+2)*2` may lack its ( anywhere before. */
export function unopenedParenthesis(found: ValidToken, expected: readonly string[]): SyntaxFault {
  const message = 'Remove ) or write a ( before it: no parenthesis is open here.'
  return syntaxError('UNOPENED_PARENTHESIS', message, found, expected)
}

/** `found` is the end of the source, or a `;`, which stands between operands where others write so. */
export function unclosedParentheses(
  found: ValidToken,
  open: readonly { readonly position: number }[],
  expected: readonly string[],
): SyntaxFault {
  const innermost = (open.at(-1)?.position ?? 0) + 1
  const which = open.length === 1 ? 'the parenthesis' : `the ${open.length} open parentheses, the last`
  const where = `${which} opened at character ${innermost}.`
  const commaOr = expected.includes(')') ? `Write a comma, or close ${where}` : 'Write a comma instead of ;.'
  const message = found.kind === 'separator' && expected.includes(',') ? commaOr : `Close ${where}`
  const edit = { position: found.position, length: 0, replacement: ')'.repeat(open.length) }
  return syntaxError('UNCLOSED_PARENTHESIS', message, found, expected, edit)
}

/** An equals sign that gives no value to a name. */
export function misplacedEquals(source: string, found: ValidToken, expected: readonly string[]): SyntaxFault {
  const message = 'Write = only after a name that is given a value, as in x = 1+2; x*x.'
  return strayEquals(source, found.position, expected) ?? syntaxError('MISPLACED_EQUALS', message, found, expected)
}

/** Two points that stand in no range: part of a number, most likely. */
export function misplacedDots(source: string, previous: Span, found: ValidToken): SyntaxFault {
  const isInNumber = previous.position + previous.length === found.position
  const position = isInNumber ? previous.position : found.position
  const rest = /^[\d.]*/.exec(source.slice(found.position))?.[0].length ?? found.length
  return malformedNumber(source, position, found.position + rest - position)
}

const groupsOfThree = /(?:([ \u00a0\u2007\u2009\u202f])\d{3}(?!\d)(?:\1\d{3}(?!\d))*)/y
const unseenGap = new RegExp(`^[${invisible}]+$`)
const digitsAfter = new RegExp(`(?:[${invisible}]+\\d+)+`, 'y')

/** The text ` 000 000` after the `1` of `1 000 000`, or what follows a break that nobody sees; null where there is no such number. */
function digitGroups(source: string, first: Span, gap: Span): string | null {
  const end = gap.position
  const lead = source.slice(first.position, end)
  const isUnseen = unseenGap.test(source.slice(end, end + gap.length)) && /^[\d.]+$/.test(lead)
  if (!isUnseen && (first.length > 3 || !/^[1-9]\d*$/.test(lead))) return null
  const pattern = isUnseen ? digitsAfter : groupsOfThree
  pattern.lastIndex = end
  return pattern.exec(source)?.[0] ?? null
}

function text(source: string, { position, length }: Span): string {
  return printable(source.slice(position, position + length))
}
