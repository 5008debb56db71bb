import type { Span } from '../span.ts'

/** How large an expression may be. */
export interface Limits {
  /** In UTF-16 code units. */
  readonly maxSourceLength: number
  /** What is computed: unary minus and plus are no operations, and equal ones are one. */
  readonly maxOperations: number
  /** Decimal digits of a numerator, and of a denominator. Holds for numbers in the source and for results alike. */
  readonly maxDigits: number
  /** Decimal digits of all numbers in the source together, of their numerators and of their denominators. */
  readonly maxTotalDigits: number
}

export type LimitCode =
  'SOURCE_TOO_LONG' | 'TOO_MANY_OPERATIONS' | 'RANGE_TOO_LONG' | 'NUMBER_TOO_LONG' | 'TOO_MANY_DIGITS'

/** A well-formed expression (or one too long to look at) that is over a limit. The span is what stands beyond it. */
export interface ExpressionLimitError extends Span {
  readonly code: LimitCode
  readonly message: string
  readonly limit: number
  readonly actual: number
}

/** The contract carries `actual` as a 32-bit integer, and `1e999999999999` has more digits than that can say. */
const maxActual = 2 ** 31 - 1

export function limitError(
  code: LimitCode,
  { position, length }: Span,
  limit: number,
  actual: number,
): ExpressionLimitError {
  const told = actual > maxActual ? `more than ${maxActual}` : `${actual}`
  return { code, message: messageOf(code, limit, told), position, length, limit, actual: Math.min(actual, maxActual) }
}

function messageOf(code: LimitCode, limit: number, actual: string): string {
  switch (code) {
    case 'SOURCE_TOO_LONG':
      return `Shorten the expression: it has ${actual} characters, and at most ${limit} are allowed.`
    case 'TOO_MANY_OPERATIONS':
      return `Split the expression: it has ${actual} operations, and at most ${limit} are allowed.`
    case 'RANGE_TOO_LONG':
      return `Shorten the range: it makes ${actual} operations or more, and at most ${limit} are allowed.`
    case 'NUMBER_TOO_LONG':
      return `Use a shorter number: this one has ${actual} digits, and at most ${limit} are allowed.`
    case 'TOO_MANY_DIGITS':
      return `Use fewer or shorter numbers: written out they have ${actual} digits together, and at most ${limit} are allowed.`
    default:
      return code satisfies never
  }
}
