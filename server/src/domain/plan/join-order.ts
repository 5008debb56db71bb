/**
 * Two sides that are joined. A side is known by its slot: the parts of a chain have the first slots, in their order, and the result of each
 * join the next one.
 */
export interface Join {
  readonly first: number
  readonly second: number
  /** Of a quotient: it stands below the line, and is the second side over the first. */
  readonly isInverse?: boolean
}

/** The joins that make one out of all parts, in their order, and when the last of them ends. */
export interface Order {
  readonly joins: readonly Join[]
  readonly end: number
}

/**
 * Joins whose durations are all alike, of parts that may be joined in any order: always the two that are ready first. No order ends earlier
 * (Golumbic 1976). Takes the time that sorting takes.
 */
export function earliestFirst(readyAt: readonly number[], joinMs: number): Order {
  const parts = readyAt.map((_, slot) => slot).sort((a, b) => (readyAt[a] ?? 0) - (readyAt[b] ?? 0) || a - b)
  const joins: Join[] = []
  // The ends of joins never fall, so what was joined waits in its order.
  const ends: number[] = []
  let nextPart = 0
  let nextJoin = 0
  let ready = 0
  const takeNext = (): number => {
    const part = parts[nextPart]
    const end = ends[nextJoin] ?? Infinity
    const partReady = part === undefined ? Infinity : (readyAt[part] ?? 0)
    ready = Math.min(partReady, end)
    if (part !== undefined && partReady <= end) {
      nextPart += 1
      return part
    }
    nextJoin += 1
    return readyAt.length + nextJoin - 1
  }
  while (joins.length < readyAt.length - 1) {
    joins.push({ first: takeNext(), second: takeNext() })
    ends.push(ready + joinMs)
  }
  return { joins, end: ends.at(-1) ?? readyAt[0] ?? 0 }
}

/**
 * Joins of neighbours only that end by the deadline, or null where there are none: what needs no other order keeps the one of the source.
 *
 * With time for `level` joins after it, a part may stand `level` deep. Taking depths as slots of width 2^-level in a line of width 1, parts
 * fit in their order exactly when each, put into the leftmost slot of its width, ends within the line.
 */
export function neighboursFirst(readyAt: readonly number[], joinMs: number, deadline: number): readonly Join[] | null {
  if (joinMs <= 0) return null
  const row = new TreeRow(readyAt.length)
  for (let part = 0; part < readyAt.length; part += 1) {
    row.add(part, Math.floor((deadline - (readyAt[part] ?? 0)) / joinMs))
    if (row.isOverfull) return null
  }
  row.joinAll()
  return row.isOverfull ? null : row.joins
}

/**
 * The line filled so far: a row of finished trees over neighbouring parts, each with room for `level` joins above it. Their levels rise
 * strictly, like the digits of a binary number; adding a slot carries.
 */
class TreeRow {
  readonly joins: Join[] = []
  /** A tree has no room for the joins that it has. */
  isOverfull = false
  readonly #partCount: number
  readonly #levels: number[] = []
  readonly #slots: number[] = []

  constructor(partCount: number) {
    this.#partCount = partCount
  }

  add(part: number, level: number): void {
    const levels = this.#levels
    // Narrower slots before this one can be filled no further: they become one of its width.
    while (this.#levelBeforeLast() > level) this.#join()
    const last = levels.length - 1
    if (last >= 0 && (levels[last] ?? 0) > level) levels[last] = level
    this.#carry()
    levels.push(level)
    this.#slots.push(part)
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
    const second = this.#slots.pop() ?? 0
    const last = this.#levels.length - 1
    const level = Math.min(this.#levels[last] ?? 0, right) - 1
    this.#levels[last] = level
    const first = this.#slots[last] ?? 0
    this.#slots[last] = this.#partCount + this.joins.push({ first, second }) - 1
    if (level < 0) this.isOverfull = true
  }
}
