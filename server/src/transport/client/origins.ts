import type { IncomingMessage } from 'node:http'

/** Reads ALLOWED_ORIGINS. */
export const parseOrigins = (list: string): ReadonlySet<string> =>
  new Set(
    list
      .split(',')
      .map((origin) => origin.trim().replace(/\/$/, ''))
      .filter((origin) => origin !== ''),
  )

/**
 * Whether the page that opens a socket may do so: CORS does not hold for sockets, so a browser lets any page try. A program other than a
 * browser sends no origin.
 */
export function mayUpgrade({ headers }: IncomingMessage, allowed: ReadonlySet<string>): boolean {
  const { origin, host } = headers
  if (origin === undefined || allowed.has(origin)) return true
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host.toLowerCase()
}
