/** Gives each key one turn at a time, in the order in which they ask, and lets a few wait for theirs. */
export class Turns {
  readonly #maxWaiting: number
  /** Of each key that has a turn: how many wait, and the end of the last of them. */
  readonly #keys = new Map<string, { waiting: number; last: Promise<unknown> }>()

  constructor(maxWaiting: number) {
    this.#maxWaiting = maxWaiting
  }

  /** Runs it when its turn has come; null where too many of this key wait already. */
  take<Result>(key: string, run: () => Promise<Result>): Promise<Result> | null {
    const line = this.#keys.get(key) ?? { waiting: -1, last: Promise.resolve() }
    if (line.waiting >= this.#maxWaiting) return null
    this.#keys.set(key, line)
    line.waiting++
    const result = line.last.then(run)
    line.last = result
      .catch(() => {})
      .then(() => {
        if (line.waiting-- === 0) this.#keys.delete(key)
      })
    return result
  }
}
