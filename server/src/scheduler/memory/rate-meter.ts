import type { Clock } from '../../clock.ts'

const windowSeconds = 10

/** Counts events and tells how many came a second over the last ten seconds. */
export class RateMeter {
  /** Counts by second, a ring. */
  private readonly counts = new Array<number>(windowSeconds).fill(0)
  private second: number
  private readonly clock: Clock

  constructor(clock: Clock) {
    this.clock = clock
    this.second = this.now()
  }

  add(events: number): void {
    this.advance()
    const place = this.second % windowSeconds
    this.counts[place] = (this.counts[place] ?? 0) + events
  }

  perSecond(): number {
    this.advance()
    return this.counts.reduce((total, count) => total + count, 0) / windowSeconds
  }

  private advance(): void {
    const now = this.now()
    for (let second = Math.max(this.second + 1, now - windowSeconds + 1); second <= now; second++)
      this.counts[second % windowSeconds] = 0
    this.second = Math.max(this.second, now)
  }

  private now(): number {
    return Math.floor(this.clock.now() / 1_000)
  }
}
