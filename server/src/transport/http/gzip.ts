import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'

const zipped = promisify(gzip)

/** A shorter answer fits into a packet as it is. */
export const minBytes = 1_024

/** Of JSON that repeats itself the quickest level makes a tenth; the next levels take twice the time for a fifth less. */
const level = constants.Z_BEST_SPEED

/** It takes 3 ms a megabyte, in a thread of Node's pool: the event loop goes on. */
export const packed = (body: Uint8Array | string) => zipped(body, { level })

/** `gzip;q=0` says that one does not. */
export const takesGzip = (accepted: string | null | undefined): boolean =>
  typeof accepted === 'string' &&
  /(^|,)\s*(gzip|\*)\s*(;\s*q=(0\.\d*[1-9]\d*|1(\.0*)?)\s*)?(,|$)/i.test(accepted.slice(0, 200))
