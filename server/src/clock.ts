import process from 'node:process'

/** Where time comes from, timers included. Tests bring one that they move themselves. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number
  /** Calls back once after `ms`, whatever `now` is set to meanwhile; what it returns cancels that. */
  after(ms: number, callback: () => void): () => void
}

/** Timers of this process. */
export const timers: Pick<Clock, 'after'> = {
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}

export const systemClock: Clock = { now: () => Date.now(), ...timers }

/** Milliseconds since the process began, with fractions: by which it is told how long something held the event loop. */
export const monotonicNow = (): number => performance.now()

/** Resolves when `work` has settled, or after `ms`: whichever is first. */
export async function waitAtMost(clock: Pick<Clock, 'after'>, ms: number, work: Promise<unknown>): Promise<void> {
  let cancel = () => {}
  const limit = new Promise<void>((resolve) => (cancel = clock.after(ms, resolve)))
  try {
    await Promise.race([work, limit])
  } finally {
    cancel()
  }
}

/** Tells how much is left of `ms` from now on; 0 once they are over. */
export function countdown(ms: number): () => number {
  const end = monotonicNow() + ms
  return () => Math.max(0, end - monotonicNow())
}

/** Resolves after `ms`. */
export const pause = (clock: Pick<Clock, 'after'>, ms: number): Promise<void> =>
  new Promise((resolve) => void clock.after(ms, resolve))

/** Processor time that the process has had, in milliseconds; asking for it takes a microsecond or two. */
export function processorNow(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/** Whether something is no older than that. Not where the clock was put back since: the database has another after a failover. */
export const isWithin = (ms: number, since: number, now: number): boolean => now >= since && now - since < ms
