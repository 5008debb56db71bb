import type { Clock } from '../clock.ts'
import type { Pace } from './pace.ts'

/** No wait is longer, whatever the reads cost: watchers are to see what happens while it happens. */
const longestWaitMs = 250

/**
 * At most a share of the time: what took long waits long, what took next to nothing hardly waits. After a rest so many milliseconds are
 * free, and no wait is longer than a quarter of a second. So a watcher of an idle cluster sees each step as it happens, and those of a busy one leave it the rest of its time.
 */
export class TimeShare implements Pace {
  private freeMs: number
  private filledAt: number
  private readonly clock: Clock
  private readonly share: number
  private readonly burstMs: number

  /** @param share above 0, at most 1 */
  constructor(clock: Clock, share: number, burstMs: number) {
    this.clock = clock
    this.share = share
    this.burstMs = burstMs
    this.freeMs = burstMs
    this.filledAt = clock.now()
  }

  async turn(): Promise<void> {
    const now = this.clock.now()
    const elapsed = Math.max(0, now - this.filledAt)
    this.freeMs = Math.min(this.burstMs, this.freeMs + elapsed * this.share)
    this.filledAt = now
    this.freeMs = Math.max(this.freeMs, -longestWaitMs * this.share)
    if (this.freeMs < 0) await new Promise((resolve) => setTimeout(resolve, -this.freeMs / this.share))
  }

  took(ms: number): void {
    this.freeMs -= Math.max(0, ms)
  }
}
