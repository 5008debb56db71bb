import { pause, type Clock } from '../../clock.ts'

interface BucketOptions {
  /** What it holds at most, and at first. */
  readonly size: number
  readonly perMs: number
  /** How far it may be overdrawn; what goes beyond is forgiven. */
  readonly maxDebt?: number
}

/** Fills steadily up to its size, and may be overdrawn; then one waits until it is even again. A clock that is put back does not drain it. */
export class Bucket {
  #level: number
  #filledAt: number
  readonly #clock: Clock
  readonly #options: BucketOptions

  constructor(clock: Clock, options: BucketOptions) {
    this.#clock = clock
    this.#options = options
    this.#level = options.size
    this.#filledAt = clock.now()
  }

  spend(amount: number): void {
    this.#level -= amount
  }

  fill(): void {
    const { size, perMs, maxDebt = Infinity } = this.#options
    const now = this.#clock.now()
    const elapsed = Math.max(0, now - this.#filledAt)
    this.#level = Math.max(-maxDebt, Math.min(size, this.#level + elapsed * perMs))
    this.#filledAt = now
  }

  /** Spends so much if it holds that; returns whether it did. */
  afford(amount: number): boolean {
    this.fill()
    if (this.#level < amount) return false
    this.spend(amount)
    return true
  }

  /** Resolves when it is no longer overdrawn, at once where it is not. */
  async even(): Promise<void> {
    if (this.#level < 0) await pause(this.#clock, -this.#level / this.#options.perMs)
  }
}
