import { negate } from './number.ts'
import type { OperationKind } from './operation.ts'

/** A stretch of the source: zero-based, in UTF-16 code units. */
export interface Span {
  readonly position: number
  readonly length: number
}

/**
 * What an operation works on: a number from the source (exact, `"n"` or `"n/d"` in lowest terms, its sign included) or the
 * result of another task, negated where a unary minus stands before it. A unary minus is no task and costs nothing.
 */
export type Operand = { readonly value: string } | { readonly task: number; readonly negated: boolean }

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
  return 'value' in operand ? { value: negate(operand.value) } : { task: operand.task, negated: !operand.negated }
}
