import type { Pool } from 'pg'
import { timers, type Clock } from '../clock.ts'
import { readClock } from './read-clock.ts'

const everyMs = 10_000
/** Corrections below this are not worth a step in what this process measures. */
const toleranceMs = 250

/**
 * The database's clock, which all replicas share: those of their machines may be days apart, and an access token that one replica issues
 * is to be good at another. Between two looks time goes on by this process's steady clock, so that a step of its machine's does nothing.
 * See docs/decisions/0009.
 */
export class DatabaseClock implements Clock {
  /** What the steady clock is to be put forward by. */
  private aheadMs = 0
  private readonly pool: Pool
  private cancel = () => {}
  private isStopped = false

  static async start(pool: Pool): Promise<DatabaseClock> {
    const clock = new DatabaseClock(pool)
    await clock.adjust()
    clock.adjustLater()
    return clock
  }

  private constructor(pool: Pool) {
    this.pool = pool
  }

  now(): number {
    return Math.round(performance.now() + this.aheadMs)
  }

  after(ms: number, callback: () => void): () => void {
    return timers.after(ms, callback)
  }

  stop(): void {
    this.isStopped = true
    this.cancel()
  }

  private adjustLater(): void {
    if (this.isStopped) return
    // With the database gone it goes on by itself; others tell of that.
    const adjust = () => this.adjust().catch(() => {})
    this.cancel = this.after(everyMs, () => void adjust().then(() => this.adjustLater()))
  }

  /** Looks at the database's clock. It was read at some moment on the way there and back, nobody knows which. */
  async adjust(): Promise<void> {
    const askedAt = performance.now()
    const told = await readClock(this.pool)
    const halfWayMs = (performance.now() - askedAt) / 2
    const aheadMs = told - askedAt - halfWayMs
    if (Math.abs(aheadMs - this.aheadMs) > toleranceMs + halfWayMs) this.aheadMs = aheadMs
  }
}
