import process from 'node:process'

/** Where time comes from. Tests bring one that they move themselves. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** Milliseconds since the process began, with fractions: by which it is told how long something held the event loop. */
export const monotonicNow = (): number => performance.now()

/** Processor time that the process has had, in milliseconds; asking for it takes a microsecond or two. */
export function processorNow(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
