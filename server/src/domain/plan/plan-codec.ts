import { operationKinds, operationSymbols, type OperationKind } from '../operation.ts'
import type { Operand, Plan, PlannedTask } from './plan.ts'

/** A number is its text as it is written, in older plans its value; a task is its index, a negated one `~index`. */
export type EncodedOperand = string | number

/** Operator symbol, left, right, position and length of the operator in the source. */
export type EncodedTask = readonly [
  symbol: string,
  left: EncodedOperand,
  right: EncodedOperand,
  position: number,
  length: number,
]

/** A plan as it is stored: `{"tasks": [["+", "1", "2", 1, 1], ["*", ~0, "3", 5, 1]], "root": 1}`, with -1 for `~0`. */
export interface EncodedPlan {
  readonly tasks: readonly EncodedTask[]
  readonly root: EncodedOperand
}

export function encodePlan({ tasks, root }: Plan): EncodedPlan {
  return {
    tasks: tasks.map(({ operation, left, right, span }) => [
      operationSymbols[operation],
      encodeOperand(left),
      encodeOperand(right),
      span.position,
      span.length,
    ]),
    root: encodeOperand(root),
  }
}

/** Takes what `encodePlan` made and a database gave back. Anything else is a bug, and throws. */
export function decodePlan(encoded: unknown): Plan {
  const { tasks, root } = (encoded ?? {}) as { readonly [key: string]: unknown }
  if (!Array.isArray(tasks)) throw new TypeError('a stored plan has a list of tasks')
  return { tasks: tasks.map(decodeTask), root: decodeOperand(root, tasks.length) }
}

function encodeOperand(operand: Operand): EncodedOperand {
  if ('literal' in operand) return operand.literal
  return operand.negated ? ~operand.task : operand.task
}

const kindsBySymbol: ReadonlyMap<unknown, OperationKind> = new Map(
  operationKinds.map((kind) => [operationSymbols[kind], kind]),
)

function decodeTask(encoded: unknown, index: number): PlannedTask {
  if (!Array.isArray(encoded)) throw new TypeError(`stored task ${index} is no list`)
  const [symbol, left, right, position, length] = encoded as readonly unknown[]
  const operation = kindsBySymbol.get(symbol)
  if (operation === undefined || typeof position !== 'number' || typeof length !== 'number') {
    throw new TypeError(`stored task ${index} is malformed`)
  }
  return {
    operation,
    left: decodeOperand(left, index),
    right: decodeOperand(right, index),
    span: { position, length },
  }
}

/** `end` is the first task that may not be referred to: a child stands before its parent. */
function decodeOperand(encoded: unknown, end: number): Operand {
  if (typeof encoded === 'string') return { literal: encoded }
  if (typeof encoded !== 'number' || !Number.isInteger(encoded)) throw new TypeError('a stored operand is malformed')
  const negated = encoded < 0
  const task = negated ? ~encoded : encoded
  if (task >= end) throw new TypeError(`a stored operand refers to task ${task}, which does not stand before it`)
  return { task, negated }
}
