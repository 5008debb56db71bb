import { measureLiteral } from '../expression/literal.ts'
import { limitError, type ExpressionLimitError, type Limits } from '../plan/limits.ts'
import type { Span } from '../span.ts'

/** Counts the digits of an expression's numbers, from left to right, against the limits. */
export class DigitCount {
  readonly #limits: Limits
  #total = 0
  /** The first number beyond the limit of all together. */
  #firstBeyond: Span | null = null

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** Takes a number in; the error where it is too long by itself. */
  add(literal: string, span: Span): ExpressionLimitError | null {
    const { maxDigits, maxTotalDigits } = this.#limits
    const size = measureLiteral(literal, maxDigits)
    if (size.kind === 'too-long') return limitError('NUMBER_TOO_LONG', span, maxDigits, size.digits)
    this.#total += size.digits
    if (this.#total > maxTotalDigits) this.#firstBeyond ??= span
    return null
  }

  /** The error where all together are too long. */
  get excess(): ExpressionLimitError | null {
    const { maxTotalDigits } = this.#limits
    return this.#firstBeyond && limitError('TOO_MANY_DIGITS', this.#firstBeyond, maxTotalDigits, this.#total)
  }
}
