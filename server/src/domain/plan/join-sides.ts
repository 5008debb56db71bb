import { durationOf, type OperationDurations } from '../operation.ts'
import type { Span } from '../span.ts'
import { sums, type Family } from './chain.ts'
import type { Join } from './join-order.ts'
import { negateOperand, type Operand, type PlannedTask } from './plan.ts'
import type { Side } from './quotient-order.ts'

/** A part of a chain, with what it is in the new plan. */
export interface Term extends Side {
  readonly operand: Operand
}

export interface Joining {
  readonly family: Family
  readonly terms: readonly Term[]
  readonly joins: readonly Join[]
  /** Operator `i` stands between terms `i` and `i + 1`. */
  readonly operators: readonly Span[]
}

/** What was joined so far. */
interface Tree {
  readonly operand: Operand
  readonly isInverse: boolean
  /** The place of its first term in the source. */
  readonly first: number
}

/**
 * Makes the tasks of a chain, and returns what it comes to. Each takes the operator that stands before the later of its two sides: so each
 * operator is taken once, and where neighbours are joined it is the one between them.
 */
export function joinSides(joining: Joining, durations: OperationDurations, add: (task: PlannedTask) => Operand): Tree {
  const { family, terms, joins, operators } = joining
  const trees: Tree[] = terms.map(({ operand, isInverse }, first) => ({ operand, isInverse, first }))
  for (const { first, second, isInverse = false } of joins) {
    const [one, other] = [trees[first], trees[second]]
    if (one === undefined || other === undefined) throw new Error('a side is joined before it is there')
    const [left, right] = one.first < other.first ? [one, other] : [other, one]
    const span = operators[right.first - 1]
    if (span === undefined) throw new Error(`no operator stands before term ${right.first}`)
    const joined = family === sums ? addUp(left, right, durations) : multiply(left, right, isInverse)
    const { operation, operands } = joined
    const operand = add({ operation, operands, spans: [span] })
    trees.push({ operand, isInverse: joined.isInverse, first: left.first })
  }
  const whole = trees.at(-1)
  if (whole === undefined) throw new Error('a chain without terms')
  return whole
}

interface Joined extends Pick<PlannedTask, 'operation'> {
  readonly operands: readonly [left: Operand, right: Operand]
  /** Subtracted, or below the line. */
  readonly isInverse: boolean
}

/** By whichever operation takes less; as it reads best where both take the same. */
function addUp(left: Tree, right: Tree, durations: OperationDurations): Joined {
  const [addMs, subtractMs] = [durationOf(durations, '+'), durationOf(durations, '-')]
  const isAlike = left.isInverse === right.isInverse
  if (isAlike) {
    const { isInverse } = left
    return addMs <= subtractMs
      ? { operation: '+', operands: [left.operand, right.operand], isInverse }
      : { operation: '-', operands: [left.operand, negateOperand(right.operand)], isInverse }
  }
  if (addMs < subtractMs) {
    const [one, other] = [left, right].map(({ operand, isInverse }) => (isInverse ? negateOperand(operand) : operand))
    return { operation: '+', operands: [one ?? left.operand, other ?? right.operand], isInverse: false }
  }
  const [plus, minus] = left.isInverse ? [right, left] : [left, right]
  return { operation: '-', operands: [plus.operand, minus.operand], isInverse: false }
}

function multiply(left: Tree, right: Tree, isUpsideDown: boolean): Joined {
  if (left.isInverse === right.isInverse)
    return { operation: '*', operands: [left.operand, right.operand], isInverse: left.isInverse }
  const [above, below] = left.isInverse ? [right, left] : [left, right]
  const operands = isUpsideDown ? ([below.operand, above.operand] as const) : ([above.operand, below.operand] as const)
  return { operation: '/', operands, isInverse: isUpsideDown }
}
