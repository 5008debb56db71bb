import type { Span } from '../plan/plan.ts'
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

/** An operand `found` stands right after the end of another, `previous`. */
export function missingOperator(
  source: string,
  previous: Span,
  found: ValidToken,
  isParenthesisOpen: boolean,
): SyntaxFault {
  const end = previous.position + previous.length
  const grouped = digitGroups(source, previous)
  if (found.kind === 'number' && grouped !== null) {
    const edit = { position: end, length: grouped.length, replacement: grouped.replace(/\s+/g, '') }
    const span = { position: end, length: found.position - end }
    return syntaxError('SPACE_IN_NUMBER', 'Write the number without spaces.', span, ['digit'], edit)
  }
  const message = `Write an operator, such as *, between ${text(source, previous)} and ${text(source, found)}.`
  const edit = { position: end, length: found.position - end, replacement: '*' }
  return syntaxError('IMPLICIT_MULTIPLICATION', message, found, expectedOperator(isParenthesisOpen), edit)
}

export function unopenedParenthesis(found: ValidToken): SyntaxFault {
  const message = 'Remove ) or write a ( before it: no parenthesis is open here.'
  const edit = { position: found.position, length: found.length, replacement: '' }
  return syntaxError('UNOPENED_PARENTHESIS', message, found, expectedOperator(false), edit)
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

const groupsOfThree = /(?:\s+\d{3}(?!\d))+/y

/** The text ` 000 000` after the `1` of `1 000 000`; null where `first` is not the first group of such a number. */
function digitGroups(source: string, first: Span): string | null {
  if (first.length > 3 || !/^[1-9]\d*$/.test(source.slice(first.position, first.position + first.length))) return null
  groupsOfThree.lastIndex = first.position + first.length
  return groupsOfThree.exec(source)?.[0] ?? null
}

function text(source: string, { position, length }: Span): string {
  return printable(source.slice(position, position + length))
}
