import { durationOf, type OperationDurations } from '../operation.ts'
import { sums, type Family } from './chain.ts'
import { earliestFirst, neighboursFirst, type Join } from './join-order.ts'
import { quotientOrder, type SearchBudget, type Side } from './quotient-order.ts'

/** In which order to join the parts of a chain so that it ends as early as it can; null where that is not before `bound`. */
export function orderOf(
  family: Family,
  sides: readonly Side[],
  durations: OperationDurations,
  bound: number,
  search: SearchBudget,
): readonly Join[] | null {
  const [directMs, inverseMs] = [durationOf(durations, family.direct), durationOf(durations, family.inverse)]
  if (family !== sums && directMs !== inverseMs && sides.some(({ isInverse }) => isInverse)) {
    const order = quotientOrder(sides, { multiplyMs: directMs, divideMs: inverseMs }, search)
    return order.end < bound ? order.joins : null
  }
  // A minus before an operand costs nothing, so each join of a sum may be either.
  const joinMs = family === sums ? Math.min(directMs, inverseMs) : directMs
  const readyAt = sides.map(({ ready }) => ready)
  const { joins, end } = earliestFirst(readyAt, joinMs)
  if (end >= bound) return null
  return neighboursFirst(readyAt, joinMs, end) ?? joins
}
