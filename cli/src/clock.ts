/** Where time comes from. */
export interface Clock {
  /** Milliseconds since some moment in the past; never goes back. */
  now(): number
  /** What the calendar says, in milliseconds. */
  date(): number
  /** Calls back once after `ms`; what it returns cancels that. */
  after(ms: number, callback: () => void): () => void
}

export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}

/** @param signal ends it earlier */
export const sleep = (clock: Clock, ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const end = () => {
      cancel()
      // A signal outlives many a wait.
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const cancel = clock.after(ms, end)
    signal?.addEventListener('abort', end)
  })
