import type { Side } from './quotient-order.ts'

/** Sides by when they are ready, the first of them first. */
export class SideHeap {
  readonly #sides: Side[]

  constructor(sides: readonly Side[]) {
    // A list in order is a heap.
    this.#sides = [...sides].sort((a, b) => a.ready - b.ready)
  }

  get size(): number {
    return this.#sides.length
  }

  /** Infinite where there is none. */
  get firstReady(): number {
    return this.#readyAt(0)
  }

  get secondReady(): number {
    return Math.min(this.#readyAt(1), this.#readyAt(2))
  }

  add(side: Side): void {
    let at = this.#sides.push(side) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (this.#readyAt(parent) <= side.ready) break
      this.#put(at, parent)
      at = parent
    }
    this.#sides[at] = side
  }

  takeEarliest(): Side {
    const [first] = this.#sides
    const last = this.#sides.pop()
    if (first === undefined || last === undefined) throw new Error('nothing is left to join')
    if (this.#sides.length > 0) this.#sink(last)
    return first
  }

  #sink(side: Side): void {
    let at = 0
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      const child = this.#readyAt(right) < this.#readyAt(left) ? right : left
      if (this.#readyAt(child) >= side.ready) break
      this.#put(at, child)
      at = child
    }
    this.#sides[at] = side
  }

  #put(at: number, from: number): void {
    const side = this.#sides[from]
    if (side !== undefined) this.#sides[at] = side
  }

  #readyAt(index: number): number {
    return this.#sides[index]?.ready ?? Infinity
  }
}
