import type { OperationKind } from '../operation.ts'

/** A stretch of the source: zero-based, in UTF-16 code units. */
export interface Span {
  readonly position: number
  readonly length: number
}

/**
 * What an operation works on: a number from the source, as it is written there, or the result of another task, negated where a unary
 * minus stands before it. A unary minus is no task and costs nothing.
 *
 * A number's value can be two thousand times as long as the number: `valueOfLiteral` gives it, to those who send or show it. So a plan
 * is never much larger than its source.
 */
export type Operand = { readonly literal: string } | { readonly task: number; readonly negated: boolean }

/** One operation to compute. */
export interface PlannedTask {
  readonly operation: OperationKind
  readonly left: Operand
  readonly right: Operand
  /** The operator in the source. */
  readonly span: Span
}

/**
 * The task graph of an expression, written once. Tasks stand children before parents; a task is known by its index.
 * `root` is what the whole expression is: a task, or the number itself where there is nothing to compute.
 */
export interface Plan {
  readonly tasks: readonly PlannedTask[]
  readonly root: Operand
}

/** A unary minus before an operand. */
export function negateOperand(operand: Operand): Operand {
  return 'literal' in operand
    ? { literal: negateLiteral(operand.literal) }
    : { task: operand.task, negated: !operand.negated }
}

function negateLiteral(literal: string): string {
  if (literal === '0') return literal
  return literal.startsWith('-') ? literal.slice(1) : `-${literal}`
}
