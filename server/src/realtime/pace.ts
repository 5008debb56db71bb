import type { Clock } from '../clock.ts'

/** How often a feed reads changes. */
export interface Pace {
  /** Resolves when the next read may begin, at once where that is allowed. */
  turn(): Promise<void>
  /** Tells how long it took to show what was read. */
  took(ms: number): void
}

/**
 * A token bucket: so many turns at once, then so many a second. What happens now and then is seen at once; what happens without pause
 * costs no more than the pace, however much it is.
 */
export class TokenBucket implements Pace {
  private tokens: number
  private filledAt: number
  private readonly clock: Clock
  private readonly burst: number
  private readonly perSecond: number

  constructor(clock: Clock, burst: number, perSecond: number) {
    this.clock = clock
    this.burst = burst
    this.perSecond = perSecond
    this.tokens = burst
    this.filledAt = clock.now()
  }

  async turn(): Promise<void> {
    const now = this.clock.now()
    const elapsed = Math.max(0, now - this.filledAt)
    this.tokens = Math.min(this.burst, this.tokens + (elapsed / 1_000) * this.perSecond)
    this.filledAt = now
    this.tokens--
    if (this.tokens < 0) await new Promise((resolve) => setTimeout(resolve, (-this.tokens / this.perSecond) * 1_000))
  }

  took(): void {}
}
