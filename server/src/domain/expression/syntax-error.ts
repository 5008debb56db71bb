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
  | 'MISPLACED_EQUALS'
  /** Bindings, and nothing that is to be computed with them. */
  | 'MISSING_EXPRESSION'
  /** A second expression, after a `;` or on a line of its own. */
  | 'SEVERAL_EXPRESSIONS'
  | 'UNKNOWN_NAME'
  | 'UNKNOWN_FUNCTION'
  | 'USED_BEFORE_DEFINITION'
  | 'RECURSIVE_DEFINITION'
  | 'REDEFINED_NAME'
  /** The name of a function cannot be given to a value. */
  | 'RESERVED_NAME'
  | 'NAME_TOO_LONG'
  | 'UNUSED_NAME'
  | 'MISSING_OPERANDS'
  | 'WRONG_OPERAND_COUNT'
  /** `sum` or `product` without a range as it must be written. */
  | 'MALFORMED_RANGE'
  /** The first or last value of a range is no whole number that is known when the source is read, or too large a one. */
  | 'UNKNOWN_RANGE'
  | 'RANGES_TOO_DEEP'

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

export const expectedOperand: readonly string[] = ['number', 'name', '(', '-', '+']

/** @param others what can stand after a whole operand besides operators: `)`, a comma, the end */
export function expectedOperator(others: readonly string[]): readonly string[] {
  return ['+', '-', '*', '/', '^', ...others]
}

export const endOfExpression = 'end of expression'
