import { isOperator, type OperationName } from '../operation.ts'
import { Certainties } from './certainty.ts'
import type { Plan } from './plan.ts'
import { Sizes } from './sizes.ts'

/** Functions that have a result for whatever they are given, no longer than that. */
const total: ReadonlySet<OperationName> = new Set(['abs', 'sign', 'floor', 'ceil', 'round', 'min', 'max'])

/**
 * Which tasks of a plan may turn out to have no result, 1 for each: of all others it is certain before anything is computed that they have
 * one, if their operands do. It takes linear time.
 */
export function findWhatMayFail(plan: Plan, maxDigits: number): Uint8Array {
  const certainties = new Certainties(plan, maxDigits)
  const sizes = new Sizes(plan, certainties, maxDigits)
  return Uint8Array.from(plan.tasks, ({ operation, operands: [left, right] }, task) => {
    if (total.has(operation)) return 0
    if (!isOperator(operation) || left === undefined || right === undefined || sizes.isLong(task)) return 1
    switch (operation) {
      case '+':
      case '-':
      case '*':
        return 0
      case '/':
        return certainties.isNonZero(right) ? 0 : 1
      case '^': {
        const { value } = certainties.of(right)
        return value?.d === 1 && (value.n >= 0 || certainties.isNonZero(left)) ? 0 : 1
      }
      default:
        return operation satisfies never
    }
  })
}
