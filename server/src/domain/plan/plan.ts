import type { OperationName } from '../operation.ts'
import type { Span } from '../span.ts'

/**
 * What an operation works on: a number from the source, as it is written there, or the result of another task, negated where a unary
 * minus stands before it. A unary minus is no task and costs nothing.
 *
 * A number's value can be two thousand times as long as the number: `valueOfLiteral` gives it, to those who send or show it. So a plan
 * is never much larger than its source.
 */
export type Operand = { readonly literal: string } | { readonly task: number; readonly negated: boolean }

/** Where a task stands in the source. In the body of a range one text stands for many tasks: `variables` tell which this is. */
export interface Place extends Span {
  /** From the outermost range to the innermost; absent where there is none. */
  readonly variables?: readonly VariableValue[]
}

/** What the variable of a range was when the range was written out: a whole number. */
export interface VariableValue {
  readonly name: string
  readonly value: string
}

/** One operation to compute. */
export interface PlannedTask {
  readonly operation: OperationName
  /** In the order in which they are written; at least one. */
  readonly operands: readonly Operand[]
  /**
   * Where it stands in the source: an operator, or a function's name. At least one; several where equal operations are computed once, in
   * the order of the source.
   */
  readonly spans: readonly Place[]
}

/**
 * The task graph of an expression, written once. Tasks stand children before parents; a task is known by its index. What is used in
 * several places has several parents: a plan is a graph, and need not be a tree.
 * `root` is what the whole expression is: a task, the last one, or the number itself where there is nothing to compute.
 */
export interface Plan {
  readonly tasks: readonly PlannedTask[]
  readonly root: Operand
}

const nowhere: Span = { position: 0, length: 0 }

/** The one place to point at for a task: where it is first written. */
export const spanOf = (task: Pick<PlannedTask, 'spans'> | undefined): Span => task?.spans[0] ?? nowhere

/** How often each task's result is used, by other tasks and as the root. */
export function countUses({ tasks, root }: Plan): Uint32Array {
  const uses = new Uint32Array(tasks.length)
  const note = (operand: Operand): void => {
    if ('task' in operand) uses[operand.task] = (uses[operand.task] ?? 0) + 1
  }
  for (const { operands } of tasks) for (const operand of operands) note(operand)
  note(root)
  return uses
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
