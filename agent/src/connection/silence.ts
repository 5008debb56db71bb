import type { Clock } from '../clock.ts'

/** Ticks without a sound until silence is called. */
const ticks = 5

export interface SilenceWatch {
  /** Something arrived. */
  heard(): void
  stop(): void
}

/**
 * Calls `onSilence` once, when nothing was heard for about `limitMs`. It counts ticks instead of comparing times: after this
 * process itself was stopped for a while, one tick passes, what has arrived meanwhile is read, and nobody is blamed.
 */
export function watchForSilence(clock: Clock, limitMs: number, onSilence: () => void): SilenceWatch {
  let silentTicks = 0
  let cancel = clock.after(limitMs / ticks, tick)
  function tick(): void {
    silentTicks += 1
    if (silentTicks >= ticks) onSilence()
    else cancel = clock.after(limitMs / ticks, tick)
  }
  return {
    heard: () => {
      silentTicks = 0
    },
    stop: () => cancel(),
  }
}
