/** Where time comes from. Tests bring one that they move themselves. */
export interface Clock {
  /** Milliseconds since some moment in the past; never goes back. */
  now(): number
  /** Calls back once after `ms`; what it returns cancels that. */
  after(ms: number, callback: () => void): () => void
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}

/** Milliseconds since the Unix epoch: for those who hold moments against those of other machines. */
export const epochNow = (): number => Date.now()

/** Resolves after `ms`, or at once when the signal fires. */
export function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const wake = () => {
      cancel()
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const cancel = clock.after(ms, wake)
    signal.addEventListener('abort', wake)
  })
}
