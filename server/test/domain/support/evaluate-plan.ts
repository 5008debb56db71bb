import type { Operand, Plan } from '../../../src/domain/plan/plan.ts'
import { callFunction } from './functions.ts'
import { calculate, fromText, rational, toText, type Rational } from './rational.ts'

/** The result of a plan, computed task by task as agents would; null where a task has no value. */
export function evaluatePlan({ tasks, root }: Plan): string | null {
  const results: (Rational | null)[] = []
  const valueOf = (operand: Operand): Rational | null => {
    if ('literal' in operand) return fromText(operand.literal)
    if (operand.task >= results.length) throw new Error('a task stands before its operand')
    const result = results[operand.task] ?? null
    return operand.negated && result !== null ? rational(-result.n, result.d) : result
  }
  for (const { operation, operands } of tasks) {
    const values = operands.map(valueOf)
    results.push(values.every((value) => value !== null) ? compute(operation, values) : null)
  }
  const value = valueOf(root)
  return value && toText(value)
}

/** What an operation comes to; null where it has no value. */
export function compute(operation: string, operands: readonly Rational[]): Rational | null {
  const [a, b] = operands
  const isOperator = /^[-+*/^]$/.test(operation)
  return isOperator && a && b ? calculate(operation, a, b) : callFunction(operation, operands)
}
