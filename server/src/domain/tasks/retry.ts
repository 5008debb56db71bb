import { backoffMs } from '../backoff.ts'

const bounds = { firstMs: 1_000, maxMs: 20_000 }

/**
 * How long to wait before a task is placed again, in milliseconds: 1, 2, 4 … 20 s, jittered by half so that what failed together does
 * not come back together.
 * @param attempt the one that ended with an error, from 1
 * @param random uniform in [0, 1)
 */
export function retryDelayMs(attempt: number, random: number): number {
  return backoffMs(attempt, bounds) * (0.5 + random / 2)
}
