/**
 * The order in which to join a row of operands, neighbours only, so that the last join ends as early as possible. Each operand
 * is ready at its own time, and a join takes `joinMs` from when both of its sides are ready: this is the alphabetic minimax tree.
 *
 * Joins are named by their gap: gap `g` stands between operands `g` and `g + 1`. Null where nothing ends before `boundMs`.
 * All times are whole numbers. Takes O(n log(boundMs)).
 */
export function minimaxOrder(readyAt: readonly number[], joinMs: number, boundMs: number): readonly number[] | null {
  // No join ends before its later side and the join itself.
  let tooEarly = readyAt.reduce((latest, ready) => Math.max(latest, ready), 0) + joinMs - 1
  let deadline = boundMs - 1
  if (joinMs <= 0 || deadline <= tooEarly) return null
  let best = orderWithin(readyAt, joinMs, deadline)
  if (best === null) return null
  while (deadline - tooEarly > 1) {
    const middle = Math.floor((tooEarly + deadline) / 2)
    const order = orderWithin(readyAt, joinMs, middle)
    if (order === null) {
      tooEarly = middle
    } else {
      deadline = middle
      best = order
    }
  }
  return best
}

/** A finished tree over neighbouring operands, the first of which is `first`, with room for `level` joins above it. */
interface Tree {
  readonly level: number
  readonly first: number
}

/**
 * An order that ends by the deadline, or null where there is none.
 *
 * With time for `level` joins after it, an operand may stand `level` deep. Taking depths as slots of width 2^-level in a line of
 * width 1, operands fit in their order exactly when each, put into the leftmost slot of its width, ends within the line. The line
 * filled so far is a row of trees whose levels rise strictly, like the digits of a binary number; adding a slot carries.
 */
function orderWithin(readyAt: readonly number[], joinMs: number, deadline: number): readonly number[] | null {
  const trees: Tree[] = []
  const gaps: number[] = []
  const join = (): void => {
    const right = trees.pop()
    const left = trees.pop()
    if (left === undefined || right === undefined) throw new Error('a join needs two trees')
    gaps.push(right.first - 1)
    trees.push({ level: Math.min(left.level, right.level) - 1, first: left.first })
  }
  const levelBefore = (): number => trees.at(-2)?.level ?? -1
  const carry = (): void => {
    while (trees.length > 1 && levelBefore() === trees.at(-1)?.level) join()
  }
  for (const [first, ready] of readyAt.entries()) {
    const level = Math.floor((deadline - ready) / joinMs)
    // Narrower slots before this one can be filled no further: they become one of its width.
    while (levelBefore() > level) join()
    const last = trees.at(-1)
    if (last !== undefined && last.level > level) trees[trees.length - 1] = { level, first: last.first }
    carry()
    trees.push({ level, first })
    carry()
  }
  while (trees.length > 1) join()
  const [root] = trees
  return root === undefined || root.level < 0 ? null : gaps
}
