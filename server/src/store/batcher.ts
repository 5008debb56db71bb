import { databaseTroubleOf } from './database-trouble.ts'

interface Waiting<Item, Result> {
  readonly item: Item
  readonly size: number
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

/**
 * Natural batching: one batch is under way at a time, and what arrives meanwhile is the next. An idle system answers at once, a
 * loaded one batches more; there is no timer and no size to tune but the largest.
 */
export class Batcher<Item, Result> {
  private readonly waiting: Waiting<Item, Result>[] = []
  /** Of all that wait. */
  private sizeWaiting = 0
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

  /** Of what waits for the next batches. */
  get size(): number {
    return this.sizeWaiting
  }

  add(item: Item): Promise<Result> {
    const size = this.sizeOf(item)
    this.sizeWaiting += size
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, size, resolve, reject })
      if (this.running) return
      this.running = true
      // Not at once, so that what the same turn of the event loop brings goes into the first batch.
      queueMicrotask(() => void this.drain())
    })
  }

  /** For when the batch under way has shown that those that wait would fail as it did. */
  rejectWaiting(error: unknown): void {
    this.sizeWaiting = 0
    for (const { reject } of this.waiting.splice(0)) reject(error)
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) await this.runBatch(this.takeNext())
    this.running = false
  }

  private takeNext(): Waiting<Item, Result>[] {
    let size = 0
    const beyond = this.waiting.findIndex((one) => (size += one.size) > this.largest)
    const batch = this.waiting.splice(0, beyond === -1 ? this.waiting.length : Math.max(1, beyond))
    for (const one of batch) this.sizeWaiting -= one.size
    return batch
  }

  private async runBatch(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.run(batch.map(({ item }) => item))
      batch.forEach(({ resolve }, place) => resolve(results[place] as Result))
    } catch (error) {
      // Unless the database does nothing for anybody, one of them is at fault, and the others are not to suffer for it.
      if (batch.length > 1 && databaseTroubleOf(error) === null) await this.runHalves(batch)
      else for (const { reject } of batch) reject(error)
    }
  }

  /** One bad item among five hundred is found in eighteen runs. */
  private async runHalves(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    const middle = batch.length >> 1
    await this.runBatch(batch.slice(0, middle))
    await this.runBatch(batch.slice(middle))
  }
}

/**
 * The sizes of items of which a batch may have so many and so many characters together, whichever is reached first: what a batch costs
 * the event loop, and how long the strings grow that it makes, depends on both.
 */
export const sizeByCharacters = (maxItems: number, maxCharacters: number) => {
  const least = maxCharacters / maxItems
  return (characters: number): number => Math.max(least, characters)
}
