import Fraction from 'fraction.js'
import type { Operand, Plan } from '../../../src/domain/plan/plan.ts'
import { callFunction } from './functions.ts'
import { fromText, toText } from './rational.ts'

/** The result of a plan, computed task by task as agents would; null where a task has no value. */
export function evaluatePlan({ tasks, root }: Plan): string | null {
  const results: (Fraction | null)[] = []
  const valueOf = (operand: Operand): Fraction | null => {
    if ('literal' in operand) return new Fraction(toText(fromText(operand.literal)))
    if (operand.task >= results.length) throw new Error('a task stands before its operand')
    const result = results[operand.task] ?? null
    return operand.negated && result !== null ? result.neg() : result
  }
  for (const { operation, operands } of tasks) {
    const values = operands.map(valueOf)
    results.push(values.every((value) => value !== null) ? compute(operation, values) : null)
  }
  return valueOf(root)?.toFraction() ?? null
}

/** What an operation comes to; null where it has no value. */
export function compute(operation: string, operands: readonly Fraction[]): Fraction | null {
  const [a = new Fraction(0), b = new Fraction(0)] = operands
  switch (operation) {
    case '+':
      return a.add(b)
    case '-':
      return a.sub(b)
    case '*':
      return a.mul(b)
    case '/':
      return b.equals(0) ? null : a.div(b)
    case '^':
      if (b.d !== 1n || (a.equals(0) && b.compare(0) < 0)) return null
      return a.pow(b)
    default:
      return callFunction(operation, operands)
  }
}
