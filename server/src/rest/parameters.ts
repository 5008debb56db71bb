import { z } from 'zod'

/** Whole numbers as they stand in an address. */
export const wholeNumber = (least: number, most: number) => {
  const message = `must be a whole number from ${least} to ${most}`
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .pipe(z.number().min(least, message).max(most, message))
    .meta({ type: 'integer', minimum: least, maximum: most })
}

/** Behind most proxies an answer that takes a minute is given up. */
export const longestWaitSeconds = 50

export const waitParameter = wholeNumber(0, longestWaitSeconds)
  .optional()
  .describe(`How many seconds to wait for the end of the expression, at most ${longestWaitSeconds}.`)

export const digitsParameter = wholeNumber(1, 1_000)
  .optional()
  .describe('How many significant digits `result.decimal` has, 34 unless told; 1 to 1000.')

/**
 * What `Prefer: wait=30` asks for, in seconds; undefined where it asks for nothing that is understood. A preference is no order: one that is
 * too long is granted in part.
 */
export function preferredWait(prefer: string | string[] | undefined): number | undefined {
  const seconds = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:$|[,;])/i.exec(String(prefer ?? ''))?.[1]
  return seconds === undefined ? undefined : Math.min(Number(seconds), longestWaitSeconds)
}
