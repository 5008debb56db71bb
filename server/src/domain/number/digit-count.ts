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

  /** How many digits a number has; the error where it is too long by itself. */
  measure(literal: string, span: Span): number | ExpressionLimitError {
    const { maxDigits } = this.#limits
    const size = measureLiteral(literal, maxDigits)
    return size.kind === 'too-long' ? limitError('NUMBER_TOO_LONG', span, maxDigits, size.digits) : size.digits
  }

  /** Takes in a number of so many digits. */
  count(digits: number, span: Span): void {
    this.#total += digits
    if (this.#total > this.#limits.maxTotalDigits) this.#firstBeyond ??= span
  }

  /** The error where all together are too long. */
  get excess(): ExpressionLimitError | null {
    const { maxTotalDigits } = this.#limits
    return this.#firstBeyond && limitError('TOO_MANY_DIGITS', this.#firstBeyond, maxTotalDigits, this.#total)
  }
}
