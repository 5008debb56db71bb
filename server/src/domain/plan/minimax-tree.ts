/**
 * The order in which to join a row of operands, neighbours only, so that the last join ends as early as possible. Each operand
 * is ready at its own time, and a join takes `joinMs` from when both of its sides are ready: this is the alphabetic minimax tree.
 *
 * Joins are named by their gap: gap `g` stands between operands `g` and `g + 1`. Null where nothing ends before `boundMs`.
 * All times are whole numbers. Takes O(n log(joinMs)) at worst, and O(n) where all durations are alike.
 */
export function minimaxOrder(readyAt: readonly number[], joinMs: number, boundMs: number): readonly number[] | null {
  if (joinMs <= 0) return null
  const earliest = earliestEnd(readyAt, joinMs)
  let tooEarly = alike(readyAt, joinMs, earliest - 1).last
  // Each operand's slot begins less than its own width after the one before: a line twice as wide as all of them has room for them. And
  // a slot is less than twice as wide as its operand needs.
  let deadline = Math.min(boundMs - 1, earliest + 2 * joinMs)
  if (deadline <= tooEarly) return null
  let best = orderWithin(readyAt, joinMs, deadline)
  if (best === null) return null
  deadline = alike(readyAt, joinMs, deadline).first
  while (deadline - tooEarly > 1) {
    const middle = Math.floor((tooEarly + deadline) / 2)
    const order = orderWithin(readyAt, joinMs, middle)
    if (order === null) {
      tooEarly = alike(readyAt, joinMs, middle).last
    } else {
      deadline = alike(readyAt, joinMs, middle).first
      best = order
    }
  }
  return best
}

/** No tree ends before this: at a deadline of `d` an operand takes up at least `2^-((d - ready) / joinMs)` of a line of width 1. */
function earliestEnd(readyAt: readonly number[], joinMs: number): number {
  let latest = 0
  for (const ready of readyAt) latest = Math.max(latest, ready)
  let widths = 0
  for (const ready of readyAt) widths += ready === latest ? 1 : 2 ** ((ready - latest) / joinMs)
  // A hundredth of a millisecond is far more than rounding adds to a time that is a whole number.
  return Math.ceil(latest + Math.max(1, Math.log2(widths)) * joinMs - 0.01)
}

/** The deadlines round this one that leave each operand the same room: in whole joins, as rooms are counted. */
function alike(readyAt: readonly number[], joinMs: number, deadline: number): { readonly first: number; last: number } {
  let smallest = joinMs
  let largest = 0
  for (const ready of readyAt) {
    const rest = (deadline - ready) % joinMs
    if (rest < smallest) smallest = rest
    if (rest > largest) largest = rest
  }
  return { first: deadline - smallest, last: deadline + joinMs - 1 - largest }
}

/**
 * An order that ends by the deadline, or null where there is none.
 *
 * With time for `level` joins after it, an operand may stand `level` deep. Taking depths as slots of width 2^-level in a line of
 * width 1, operands fit in their order exactly when each, put into the leftmost slot of its width, ends within the line.
 */
function orderWithin(readyAt: readonly number[], joinMs: number, deadline: number): readonly number[] | null {
  const row = new TreeRow()
  for (let first = 0; first < readyAt.length; first += 1) {
    row.add(first, Math.floor((deadline - (readyAt[first] ?? 0)) / joinMs))
    if (row.isOverfull) return null
  }
  row.joinAll()
  return row.isOverfull ? null : row.gaps
}

/**
 * The line filled so far: a row of finished trees over neighbouring operands, each with room for `level` joins above it. Their levels rise
 * strictly, like the digits of a binary number; adding a slot carries.
 */
class TreeRow {
  /** The joins made, in their order. */
  readonly gaps: number[] = []
  readonly #levels: number[] = []
  /** The first operand of each tree. */
  readonly #firsts: number[] = []
  /** A tree has no room for the joins that it has. */
  isOverfull = false

  add(first: number, level: number): void {
    const levels = this.#levels
    // Narrower slots before this one can be filled no further: they become one of its width.
    while (this.#levelBeforeLast() > level) this.#join()
    const last = levels.length - 1
    if (last >= 0 && (levels[last] ?? 0) > level) levels[last] = level
    this.#carry()
    levels.push(level)
    this.#firsts.push(first)
    this.#carry()
  }

  joinAll(): void {
    while (this.#levels.length > 1) this.#join()
  }

  #levelBeforeLast(): number {
    return this.#levels[this.#levels.length - 2] ?? -1
  }

  #carry(): void {
    const levels = this.#levels
    while (levels.length > 1 && this.#levelBeforeLast() === levels[levels.length - 1]) this.#join()
  }

  #join(): void {
    const right = this.#levels.pop() ?? 0
    const gap = (this.#firsts.pop() ?? 0) - 1
    const last = this.#levels.length - 1
    const level = Math.min(this.#levels[last] ?? 0, right) - 1
    this.#levels[last] = level
    this.gaps.push(gap)
    if (level < 0) this.isOverfull = true
  }
}
