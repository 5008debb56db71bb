import type { Span } from '../span.ts'

export type SyntaxErrorCode =
  | 'EMPTY_EXPRESSION'
  | 'MISSING_OPERAND'
  | 'IMPLICIT_MULTIPLICATION'
  | 'SPACE_IN_NUMBER'
  | 'DECIMAL_COMMA'
  | 'MALFORMED_NUMBER'
  | 'UNKNOWN_CHARACTER'
  | 'UNCLOSED_PARENTHESIS'
  | 'UNOPENED_PARENTHESIS'

/** Why a source is no expression. The span is the offending text; its length is 0 at the end of the source. */
export interface ExpressionSyntaxError extends Span {
  readonly code: SyntaxErrorCode
  /** Says what to do. */
  readonly message: string
  /** What could have stood there. */
  readonly expected: readonly string[]
  /** The whole source, corrected; it is a valid expression. Null where there is no evident correction. */
  readonly suggestion: string | null
}

/** Replaces a stretch of the source. */
export interface Edit extends Span {
  readonly replacement: string
}

/** The first fault of a source, and the edit that would mend it where one is evident. */
export interface SyntaxFault {
  readonly error: Omit<ExpressionSyntaxError, 'suggestion'>
  readonly edit: Edit | null
}

/** Makes all syntax errors. */
export function syntaxError(
  code: SyntaxErrorCode,
  message: string,
  { position, length }: Span,
  expected: readonly string[],
  edit: Edit | null = null,
): SyntaxFault {
  return { error: { code, message, position, length, expected }, edit }
}

export const expectedOperand: readonly string[] = ['number', '(', '-', '+']

export function expectedOperator(isParenthesisOpen: boolean): readonly string[] {
  return ['+', '-', '*', '/', '^', isParenthesisOpen ? ')' : 'end of expression']
}
