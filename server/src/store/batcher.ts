import { isDataError } from './data-error.ts'

interface Waiting<Item, Result> {
  readonly item: Item
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

/**
 * Natural batching: one batch is under way at a time, and what arrives meanwhile is the next. An idle system answers at once, a
 * loaded one batches more; there is no timer and no size to tune but the largest.
 */
export class Batcher<Item, Result> {
  private readonly waiting: Waiting<Item, Result>[] = []
  private running = false
  private readonly run: (items: Item[]) => Promise<readonly Result[]>
  private readonly largest: number
  private readonly sizeOf: (item: Item) => number

  /**
   * @param run gives one result an item, in their order; where it throws, all or none of the batch was done
   * @param largest how large a batch may be, as long as it has more than one item
   */
  constructor(
    run: (items: Item[]) => Promise<readonly Result[]>,
    largest = 500,
    sizeOf: (item: Item) => number = () => 1,
  ) {
    this.run = run
    this.largest = largest
    this.sizeOf = sizeOf
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
    while (this.waiting.length > 0) await this.runBatch(this.waiting.splice(0, this.countNext()))
    this.running = false
  }

  /** How many of those that wait are the next batch. */
  private countNext(): number {
    let size = 0
    const beyond = this.waiting.findIndex(({ item }) => (size += this.sizeOf(item)) > this.largest)
    return beyond === -1 ? this.waiting.length : Math.max(1, beyond)
  }

  private async runBatch(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.run(batch.map(({ item }) => item))
      batch.forEach(({ resolve }, place) => resolve(results[place] as Result))
    } catch (error) {
      // Whoever's data it was, the others are not to suffer for it.
      if (batch.length > 1 && isDataError(error)) for (const one of batch) await this.runBatch([one])
      else for (const { reject } of batch) reject(error)
    }
  }
}
