const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

/** Before the second attempt at a delivery, the third, and so on: about a day in all. */
export const retryDelaysMs: readonly number[] = [
  5 * secondMs,
  30 * secondMs,
  2 * minuteMs,
  10 * minuteMs,
  30 * minuteMs,
  hourMs,
  2 * hourMs,
  3 * hourMs,
  4 * hourMs,
  6 * hourMs,
  7 * hourMs,
]

/** Whether or not it is their turn, deliveries of a webhook wait after so many failures one after the other: longer after each. */
export const patience = { failures: 5, firstMs: minuteMs, maxMs: hourMs } as const

/** A webhook to which nothing got through for so long, in at least `patience.failures` attempts, is disabled. */
export const disabledAfterMs = 24 * hourMs

/** @param chance uniform in [0, 1): receivers that come back are not met by all at once */
const jittered = (ms: number, chance: number): number => Math.round(ms * (0.8 + 0.4 * chance))

/** How long to wait after an attempt that failed; null where it was the last. @param attempts with this one */
export function retryAfterMs(attempts: number, chance: number): number | null {
  const delay = retryDelaysMs[attempts - 1]
  return delay === undefined ? null : jittered(delay, chance)
}

/** How long nothing is tried of a webhook. @param failures one after the other, with this one */
export function pauseAfterMs(failures: number, chance: number): number | null {
  const beyond = failures - patience.failures
  if (beyond < 0) return null
  return jittered(Math.min(patience.firstMs * 2 ** Math.min(beyond, 30), patience.maxMs), chance)
}
