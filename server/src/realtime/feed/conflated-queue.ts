import { listOf, merge, type Batch } from './batch.ts'

/** How many batches may wait before they are merged into one: what a subscriber holds is bounded by what there is to see. */
const maxBatches = 32

/**
 * What one subscriber has still to see: of each entity the latest state alone, so that a slow subscriber holds at most one of each,
 * however many events pass. Reading takes all that waits, as one list; the first of them is the snapshot, and what changes while that
 * is being read goes into it.
 *
 * Subscribers that are in step, or equally behind, show the very same list.
 */
export class ConflatedQueue<Entity> implements AsyncIterableIterator<Entity[]> {
  #waiting: Batch<Entity>[] = []
  #wake: (() => void) | null = null
  #ended = false
  /** Before the snapshot nothing is shown; an empty one is news too: the subscription stands. */
  #snapshot: 'reading' | 'complete' | 'shown' = 'reading'
  /** When the snapshot was complete, in moments of the feed. */
  openedAt: number | null = null
  readonly #versionOf: (entity: Entity) => number
  readonly #onEnd: () => void

  constructor(versionOf: (entity: Entity) => number, onEnd: () => void) {
    this.#versionOf = versionOf
    this.#onEnd = onEnd
  }

  get isEnded(): boolean {
    return this.#ended
  }

  /** A snapshot may be read beside a change: the newer one stays. */
  push(batch: Batch<Entity>): void {
    if (this.#ended || batch.size === 0) return
    this.#waiting.push(batch)
    if (this.#waiting.length === maxBatches) this.#waiting = [this.#mergeWaiting()]
    this.#wake?.()
  }

  completeSnapshot(moment: number): void {
    this.openedAt = moment
    this.#snapshot = 'complete'
    this.#wake?.()
  }

  async next(): Promise<IteratorResult<Entity[]>> {
    while (!this.#hasNews()) await new Promise<void>((resolve) => (this.#wake = resolve))
    this.#wake = null
    if (this.#ended) return { done: true, value: undefined }
    this.#snapshot = 'shown'
    const value = listOf(this.#mergeWaiting())
    this.#waiting = []
    return { done: false, value }
  }

  return(): Promise<IteratorResult<Entity[]>> {
    if (!this.#ended) {
      this.#ended = true
      this.#waiting = []
      this.#onEnd()
      this.#wake?.()
    }
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #mergeWaiting(): Batch<Entity> {
    return this.#waiting.reduce((earlier, later) => merge(earlier, later, this.#versionOf), new Map<string, Entity>())
  }

  #hasNews(): boolean {
    if (this.#ended || this.#snapshot === 'complete') return true
    return this.#snapshot === 'shown' && this.#waiting.length > 0
  }
}
