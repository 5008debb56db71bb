import { builtIns, isOperationName, type OperationName } from '../operation.ts'
import type { Span } from '../span.ts'
import { onlyPlace, resultOf } from './interned.ts'
import type { Operand, Plan, PlannedTask } from './plan.ts'
import { decodeVariables, encodeVariables, type EncodedVariable } from './variables-codec.ts'

/** A number is its text as it is written, in older plans its value; a task is its index, a negated one `~index`. */
export type EncodedOperand = string | number

/**
 * Of two operands and one place in the source, as most are, and as all were before there were functions: the operation's name, the
 * operands, position and length. All others: the name, the list of operands, the list of positions and lengths, one after the other.
 */
export type EncodedTask =
  | readonly [name: OperationName, first: EncodedOperand, second: EncodedOperand, position: number, length: number]
  | readonly [name: OperationName, operands: readonly EncodedOperand[], spans: readonly number[]]

/** A plan as it is stored: `{"tasks": [["+", "1", "2", 1, 1], ["gcd", [~0, "3", "6"], [5, 3]]], "root": 1}`, with -1 for `~0`. */
export interface EncodedPlan {
  readonly tasks: readonly EncodedTask[]
  readonly root: EncodedOperand
  /** Absent where there is no range. */
  readonly variables?: readonly EncodedVariable[]
}

export function encodePlan({ tasks, root }: Plan): EncodedPlan {
  const encoded = { tasks: tasks.map(encodeTask), root: encodeOperand(root) }
  const variables = encodeVariables(tasks)
  return variables === null ? encoded : { ...encoded, variables }
}

/** Takes what `encodePlan` made and a database gave back. Anything else is a bug, and throws. */
export function decodePlan(encoded: unknown): Plan {
  const { tasks, root, variables } = (encoded ?? {}) as { readonly [key: string]: unknown }
  if (!Array.isArray(tasks)) throw new TypeError('a stored plan has a list of tasks')
  const decoded = tasks.map(decodeTask)
  if (variables !== undefined) decodeVariables(variables, decoded)
  return { tasks: decoded, root: decodeOperand(root, tasks.length) }
}

function encodeTask({ operation, operands, spans }: PlannedTask): EncodedTask {
  const [first, second] = operands
  const [span] = spans
  if (operands.length === 2 && spans.length === 1 && first && second && span)
    return [operation, encodeOperand(first), encodeOperand(second), span.position, span.length]
  return [operation, operands.map(encodeOperand), spans.flatMap(({ position, length }) => [position, length])]
}

function encodeOperand(operand: Operand): EncodedOperand {
  if ('literal' in operand) return operand.literal
  return operand.negated ? ~operand.task : operand.task
}

function decodeTask(encoded: unknown, index: number): PlannedTask {
  if (!Array.isArray(encoded)) throw new TypeError(`stored task ${index} is no list`)
  // Each by its place: a rest is a list more for each task.
  const [name, first, second, position, length] = encoded as readonly unknown[]
  if (typeof name !== 'string' || !isOperationName(name)) throw new TypeError(`stored task ${index} has no operation`)
  // One text for all tasks of its name, and not one each.
  const operation = builtIns.get(name)?.name ?? name
  if (typeof position === 'number' && typeof length === 'number')
    return {
      operation,
      operands: [decodeOperand(first, index), decodeOperand(second, index)],
      spans: onlyPlace(position, length),
    }
  if (!Array.isArray(first) || first.length === 0) throw new TypeError(`stored task ${index} is malformed`)
  return {
    operation,
    operands: first.map((operand) => decodeOperand(operand, index)),
    spans: decodeSpans(second, index),
  }
}

function decodeSpans(encoded: unknown, index: number): Span[] {
  const spans: Span[] = []
  if (Array.isArray(encoded) && encoded.length % 2 === 0)
    for (let at = 0; at < encoded.length; at += 2) {
      const [position, length] = encoded.slice(at, at + 2) as unknown[]
      if (typeof position === 'number' && typeof length === 'number') spans.push({ position, length })
    }
  if (spans.length === 0) throw new TypeError(`stored task ${index} stands nowhere in the source`)
  return spans
}

/** `end` is the first task that may not be referred to: a child stands before its parent. */
function decodeOperand(encoded: unknown, end: number): Operand {
  if (typeof encoded === 'string') return { literal: encoded }
  if (typeof encoded !== 'number' || !Number.isInteger(encoded)) throw new TypeError('a stored operand is malformed')
  const negated = encoded < 0
  const task = negated ? ~encoded : encoded
  if (task >= end) throw new TypeError(`a stored operand refers to task ${task}, which does not stand before it`)
  return negated ? { task, negated } : resultOf(task)
}
