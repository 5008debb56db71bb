import { timers, type Clock } from '../../src/clock.ts'

/** The system's clock, which a test can put forward. */
export interface MovableClock extends Clock {
  advance(ms: number): void
}

export function createMovableClock(): MovableClock {
  let aheadMs = 0
  return {
    now: () => Date.now() + aheadMs,
    ...timers,
    advance(ms) {
      aheadMs += ms
    },
  }
}
