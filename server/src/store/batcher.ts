/**
 * Natural batching: one batch is under way at a time, and what arrives meanwhile is the next. An idle system answers at once, a
 * loaded one batches more; there is no timer and no size to tune but the largest.
 */
export class Batcher<Item, Result> {
  private readonly waiting: { item: Item; resolve: (result: Result) => void; reject: (error: unknown) => void }[] = []
  private running = false
  private readonly run: (items: Item[]) => Promise<readonly Result[]>
  private readonly largest: number

  /** @param run gives one result an item, in their order; where it throws, all items of the batch fail with the error */
  constructor(run: (items: Item[]) => Promise<readonly Result[]>, largest = 500) {
    this.run = run
    this.largest = largest
  }

  get size(): number {
    return this.waiting.length
  }

  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject })
      if (this.running) return
      this.running = true
      // Not at once, so that what the same turn of the event loop brings goes into the first batch.
      queueMicrotask(() => void this.drain())
    })
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, this.largest)
      try {
        const results = await this.run(batch.map(({ item }) => item))
        batch.forEach(({ resolve }, place) => resolve(results[place] as Result))
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    this.running = false
  }
}
