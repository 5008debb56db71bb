import type { Span } from '../span.ts'
import { invisible } from './characters.ts'
import { printable } from './lexical-fault.ts'
import { expectedOperand, expectedOperator, syntaxError, type SyntaxFault } from './syntax-error.ts'
import type { Token } from './token.ts'

type ValidToken = Exclude<Token, { readonly kind: 'invalid' }>

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
export function unreadable(fault: SyntaxFault, isOperandExpected: boolean, isParenthesisOpen: boolean): SyntaxFault {
  if (fault.error.code !== 'UNKNOWN_CHARACTER') return fault
  const expected = isOperandExpected ? expectedOperand : expectedOperator(isParenthesisOpen)
  return { ...fault, error: { ...fault.error, expected } }
}

/** An operand `found` stands right after the end of another, `previous`. */
export function missingOperator(
  source: string,
  previous: Span,
  found: ValidToken,
  isParenthesisOpen: boolean,
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
  const edit = isSure ? { ...gap, replacement: '*' } : null
  return syntaxError('IMPLICIT_MULTIPLICATION', message, found, expectedOperator(isParenthesisOpen), edit)
}

const mixedFraction = /\s+\(\s*\d+\s*\/\s*\d+\s*\)/y

/**
 * Whether what stands side by side can be nothing but a product: `2(1+2)`. Two numbers can be one with something lost between them, `3 1/2`
 * and `3 (1/2)` are three and a half to many, and `1.(2+3)` looks like a number that repeats. Of two lines nobody knows what joins them.
 */
function isSurelyProduct(source: string, previous: Span, found: ValidToken): boolean {
  const end = previous.position + previous.length
  if (/[^ \u00a0]/.test(source.slice(end, found.position))) return false
  const isAfterParenthesis = source[previous.position] === ')'
  if (found.kind === 'number') return isAfterParenthesis
  if (found.kind !== 'open' || isAfterParenthesis) return found.kind === 'open'
  mixedFraction.lastIndex = end
  return /\d/.test(source.slice(end - 1, end)) && !mixedFraction.test(source)
}

/** It has no edit: `1+2)*2` may lack its ( anywhere before. */
export function unopenedParenthesis(found: ValidToken): SyntaxFault {
  const message = 'Remove ) or write a ( before it: no parenthesis is open here.'
  return syntaxError('UNOPENED_PARENTHESIS', message, found, expectedOperator(false))
}

/** `end` is the end of the source, `unclosed` the positions of the parentheses open there. */
export function unclosedParentheses(end: Span, unclosed: readonly number[]): SyntaxFault {
  const innermost = (unclosed.at(-1) ?? 0) + 1
  const message =
    unclosed.length === 1
      ? `Close the parenthesis opened at character ${innermost}.`
      : `Close the ${unclosed.length} open parentheses, the last opened at character ${innermost}.`
  const edit = { position: end.position, length: 0, replacement: ')'.repeat(unclosed.length) }
  return syntaxError('UNCLOSED_PARENTHESIS', message, end, expectedOperator(true), edit)
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
