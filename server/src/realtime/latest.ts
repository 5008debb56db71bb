/**
 * What one subscriber has still to see: of each entity the latest state alone, so that a slow subscriber holds at most one of each,
 * however many events pass. Reading takes all that waits, as one list; the first of them is the snapshot, and what changes while that
 * is being read goes into it.
 */
export class Latest<Entity> implements AsyncIterableIterator<Entity[]> {
  private readonly waiting = new Map<string, Entity>()
  private wake: (() => void) | null = null
  private ended = false
  /** Before the snapshot nothing is shown; an empty one is news too: the subscription stands. */
  private snapshot: 'reading' | 'complete' | 'shown' = 'reading'
  /** When the snapshot was complete, in moments of the feed. */
  openedAt: number | null = null
  private readonly versionOf: (entity: Entity) => number
  private readonly onEnd: () => void

  constructor(versionOf: (entity: Entity) => number, onEnd: () => void) {
    this.versionOf = versionOf
    this.onEnd = onEnd
  }

  get isEnded(): boolean {
    return this.ended
  }

  /** A snapshot may be read beside a change: the newer one stays. */
  push(key: string, entity: Entity): void {
    if (this.ended) return
    const known = this.waiting.get(key)
    if (known !== undefined && this.versionOf(known) > this.versionOf(entity)) return
    this.waiting.set(key, entity)
    this.wake?.()
  }

  completeSnapshot(moment: number): void {
    this.openedAt = moment
    this.snapshot = 'complete'
    this.wake?.()
  }

  async next(): Promise<IteratorResult<Entity[]>> {
    while (!this.hasNews()) await new Promise<void>((resolve) => (this.wake = resolve))
    this.wake = null
    if (this.ended) return { done: true, value: undefined }
    this.snapshot = 'shown'
    const value = [...this.waiting.values()]
    this.waiting.clear()
    return { done: false, value }
  }

  return(): Promise<IteratorResult<Entity[]>> {
    if (!this.ended) {
      this.ended = true
      this.waiting.clear()
      this.onEnd()
      this.wake?.()
    }
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  private hasNews(): boolean {
    if (this.ended || this.snapshot === 'complete') return true
    return this.snapshot === 'shown' && this.waiting.size > 0
  }
}
