import type { Clock } from '../../clock.ts'
import { Bucket } from './bucket.ts'

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
  readonly #bucket: Bucket

  constructor(clock: Clock, burst: number, perSecond: number) {
    this.#bucket = new Bucket(clock, { size: burst, perMs: perSecond / 1_000 })
  }

  turn(): Promise<void> {
    this.#bucket.fill()
    this.#bucket.spend(1)
    return this.#bucket.even()
  }

  took(): void {}
}
