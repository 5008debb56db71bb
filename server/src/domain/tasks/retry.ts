/** The delays before attempts 2, 3, … in milliseconds. */
const delaysMs = [1_000, 2_000, 4_000, 8_000, 16_000] as const
const maxDelayMs = 20_000

/**
 * How long to wait before a task is placed again, in milliseconds: 1, 2, 4 … 20 s, jittered by half so that what failed together does
 * not come back together.
 * @param attempt the one that ended with an error, from 1
 * @param random uniform in [0, 1)
 */
export function retryDelayMs(attempt: number, random: number): number {
  const full = delaysMs[attempt - 1] ?? maxDelayMs
  return full * (0.5 + random / 2)
}
