import type { Logger } from 'pino'
import { isLasting } from '../store/data-error.ts'

const firstDelayMs = 50
const longestDelayMs = 2_000

/**
 * Writes until it is written: while the database is gone the write waits, and whatever it acknowledges with it. Errors that no waiting
 * mends are thrown.
 */
export async function persist<Result>(logger: Logger, what: string, write: () => Promise<Result>): Promise<Result> {
  for (let delayMs = firstDelayMs; ; delayMs = Math.min(2 * delayMs, longestDelayMs)) {
    try {
      return await write()
    } catch (error) {
      if (isLasting(error)) throw error
      logger.error({ err: error }, `could not ${what}; trying again in ${delayMs} ms`)
      await new Promise((resolve) => setTimeout(resolve, delayMs))
    }
  }
}
