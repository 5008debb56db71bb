/**
 * What one subscriber has still to see: of each entity the latest state alone, so that a slow subscriber holds at most one of each,
 * however many events pass. Reading takes all that waits, as one list.
 */
export class Latest<Entity> implements AsyncIterableIterator<Entity[]> {
  private readonly waiting = new Map<string, Entity>()
  private wake: (() => void) | null = null
  private ended = false
  private snapshotCame = false
  private readonly onEnd: () => void

  constructor(onEnd: () => void) {
    this.onEnd = onEnd
  }

  push(key: string, entity: Entity): void {
    if (this.ended) return
    this.waiting.set(key, entity)
    this.wake?.()
  }

  /** The snapshot is complete. An empty one is news too: the subscription stands. */
  completeSnapshot(): void {
    this.snapshotCame = true
    this.wake?.()
  }

  async next(): Promise<IteratorResult<Entity[]>> {
    while (this.waiting.size === 0 && !this.snapshotCame && !this.ended)
      await new Promise<void>((resolve) => (this.wake = resolve))
    this.wake = null
    this.snapshotCame = false
    if (this.ended) return { done: true, value: undefined }
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
}
