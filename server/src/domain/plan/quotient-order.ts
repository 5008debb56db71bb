import { earliestFirst, type Join, type Order } from './join-order.ts'
import { SideHeap } from './side-heap.ts'

/** What is joined in a product: a factor, or what factors were joined to. */
export interface Side {
  readonly slot: number
  readonly ready: number
  /** Below the line. */
  readonly isInverse: boolean
  /** Only by what is certainly not zero may be divided. All that stands below the line is. */
  readonly isNonZero: boolean
}

/** What multiplications and divisions take. */
export interface ProductDurations {
  readonly multiplyMs: number
  readonly divideMs: number
}

/** The quotient of two sides stands above the line, or below it and upside down. */
type Choice = 'above' | 'below' | 'quotient' | 'inverse-quotient'

/**
 * The joins of a product whose multiplications and divisions take different times. Two factors on one side of the line are multiplied, two on
 * different sides divided, either by the other. A few ways to choose the next two are tried, and the best of them is taken; short products
 * are searched until the best order of all is found, as far as `search` goes.
 */
export function quotientOrder(sides: readonly Side[], durations: ProductDurations, search: SearchBudget): Order {
  const leastMs = Math.min(durations.multiplyMs, durations.divideMs)
  const { end: bound } = earliestFirst(
    sides.map(({ ready }) => ready),
    leastMs,
  )
  let best: Order | null = null
  for (const chooser of choosers) {
    const order = orderBy(chooser, sides, durations)
    if (best === null || order.end < best.end) best = order
    if (best.end === bound) return best
  }
  if (best === null) throw new Error('there is no way to choose')
  return sides.length > mostSearched ? best : searched(sides, durations, best, search)
}

/** How many more joins may be tried; shared by all products of a plan, so that planning stays near linear. */
export interface SearchBudget {
  joins: number
}

/** What can be joined next is what is ready first on each side. */
type Chooser = (above: SideHeap, below: SideHeap, durations: ProductDurations) => Choice

const choosers: readonly Chooser[] = [
  earliestEnd,
  // The two that are ready first, whatever their sides.
  (above, below) => {
    if (above.secondReady <= below.firstReady) return 'above'
    return below.secondReady < above.firstReady ? 'below' : 'quotient'
  },
  // A single division, at the end.
  (above, below) => (above.size > 1 ? 'above' : below.size > 1 ? 'below' : 'quotient'),
  // As many divisions as there can be.
  (above, below, durations) => {
    if (below.size === 0 || above.size < 2) return earliestEnd(above, below, durations)
    return above.size > below.size ? 'inverse-quotient' : 'quotient'
  },
]

function earliestEnd(above: SideHeap, below: SideHeap, { multiplyMs, divideMs }: ProductDurations): Choice {
  const product = Math.min(above.secondReady, below.secondReady) + multiplyMs
  if (Math.max(above.firstReady, below.firstReady) + divideMs <= product) return 'quotient'
  return above.secondReady <= below.secondReady ? 'above' : 'below'
}

function orderBy(choose: Chooser, sides: readonly Side[], durations: ProductDurations): Order {
  const above = new SideHeap(sides.filter(({ isInverse }) => !isInverse))
  const below = new SideHeap(sides.filter(({ isInverse }) => isInverse))
  const joins: Join[] = []
  while (above.size + below.size > 1) {
    const choice = choose(above, below, durations)
    const first = (choice === 'below' ? below : above).takeEarliest()
    const second = (choice === 'above' ? above : below).takeEarliest()
    const side = joined(first, second, sides.length + joins.length, choice === 'inverse-quotient', durations)
    joins.push({ first: first.slot, second: second.slot, isInverse: side.isInverse })
    ;(side.isInverse ? below : above).add(side)
  }
  return { joins, end: above.firstReady }
}

function joined(
  first: Side,
  second: Side,
  slot: number,
  isUpsideDown: boolean,
  { multiplyMs, divideMs }: ProductDurations,
): Side {
  const isProduct = first.isInverse === second.isInverse
  const ready = Math.max(first.ready, second.ready) + (isProduct ? multiplyMs : divideMs)
  const isNonZero = first.isNonZero && second.isNonZero
  return { slot, ready, isInverse: isProduct ? first.isInverse : isUpsideDown && isNonZero, isNonZero }
}

/** Beyond, the best of all orders takes too long to find. */
const mostSearched = 9

/**
 * The best of all orders. In some best order the two sides that are joined first are, each among its like, those that are ready first: so only
 * they are tried, and nothing that was tried before or could not end before the best order known.
 */
function searched(sides: readonly Side[], durations: ProductDurations, known: Order, search: SearchBudget): Order {
  const leastMs = Math.min(durations.multiplyMs, durations.divideMs)
  const tried = new Set<string>()
  const joins: Join[] = []
  let best = known
  const goOn = (left: readonly Side[]): void => {
    const [only] = left
    if (left.length === 1 && only !== undefined) best = { joins: [...joins], end: only.ready }
    for (const [first, second, isUpsideDown] of pairsOf(left)) {
      if ((search.joins -= 1) < 0) return
      const side = joined(first, second, sides.length + joins.length, isUpsideDown, durations)
      const rest = [...left.filter((one) => one !== first && one !== second), side].sort(inOrder)
      if (rest.every(({ isInverse }) => isInverse)) continue
      if (earliestFirst(rest.map(readyOf), leastMs).end >= best.end) continue
      const state = rest.map((one) => one.ready * 4 + likeness(one)).join()
      if (tried.has(state)) continue
      tried.add(state)
      joins.push({ first: first.slot, second: second.slot, isInverse: side.isInverse })
      goOn(rest)
      joins.pop()
    }
  }
  goOn([...sides].sort(inOrder))
  return best
}

const readyOf = ({ ready }: Side): number => ready
/** Sides of one likeness can stand in for each other. */
const likeness = ({ isInverse, isNonZero }: Side): number => (isInverse ? 2 : 0) + (isNonZero ? 1 : 0)
const inOrder = (a: Side, b: Side): number => a.ready - b.ready || likeness(a) - likeness(b)

/** The first two of each likeness, and the first of one with the first of another, turned both ways where that is allowed. */
function* pairsOf(sides: readonly Side[]): Generator<readonly [first: Side, second: Side, isUpsideDown: boolean]> {
  const firsts = new Map<number, Side>()
  const seconds = new Set<number>()
  for (const side of sides) {
    const like = likeness(side)
    const first = firsts.get(like)
    if (first === undefined) {
      for (const other of firsts.values()) {
        yield [other, side, false]
        if (other.isInverse !== side.isInverse && other.isNonZero && side.isNonZero) yield [other, side, true]
      }
      firsts.set(like, side)
    } else if (!seconds.has(like)) {
      seconds.add(like)
      yield [first, side, false]
    }
  }
}
