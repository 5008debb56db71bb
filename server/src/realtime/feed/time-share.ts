import type { Clock } from '../../clock.ts'
import { Bucket } from './bucket.ts'
import type { Pace } from './pace.ts'

/** No wait is longer, whatever the reads cost: watchers are to see what happens while it happens. */
const maxWaitMs = 250

/**
 * At most a share of the time: what took long waits long, what took next to nothing hardly waits. After a rest so many milliseconds are
 * free, and no wait is longer than a quarter of a second. So a watcher of an idle cluster sees each step as it happens, and those of a
 * busy one leave it the rest of its time. See docs/decisions/0007.
 */
export class TimeShare implements Pace {
  readonly #bucket: Bucket

  /** @param share above 0, at most 1 */
  constructor(clock: Clock, share: number, burstMs: number) {
    this.#bucket = new Bucket(clock, { size: burstMs, perMs: share, maxDebt: maxWaitMs * share })
  }

  turn(): Promise<void> {
    this.#bucket.fill()
    return this.#bucket.even()
  }

  took(ms: number): void {
    this.#bucket.spend(Math.max(0, ms))
  }
}
