/** So many places before the first are kept before they are given back, so that to leave costs the same however long the line is. */
const maxBehind = 64

/** First come, first served. An array's own `shift` takes a microsecond once it is longer than a hundred. */
export class Line<Item> {
  #items: Item[] = []
  #first = 0

  add(item: Item): void {
    this.#items.push(item)
  }

  /** Takes the first out; undefined where nobody waits. */
  next(): Item | undefined {
    const { length } = this.#items
    if (this.#first === length) return undefined
    const item = this.#items[this.#first++]
    if (this.#first === length) this.clear()
    else if (this.#first > maxBehind && 2 * this.#first > length) {
      this.#items = this.#items.slice(this.#first)
      this.#first = 0
    }
    return item
  }

  clear(): void {
    this.#items.length = 0
    this.#first = 0
  }
}
