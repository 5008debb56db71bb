import type { IncomingMessage } from 'node:http'
import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'

/** What a proxy in front of the server gets wrong most often. */
export type ProxyMistake = 'upgrade-lost' | 'host-lost' | 'host-foreign' | 'untrusted-forwarding'

const sentences: Readonly<Record<ProxyMistake, string>> = {
  'upgrade-lost':
    'A proxy in between does not pass on the headers Upgrade and Connection, so no WebSocket opens: with nginx, set proxy_http_version 1.1 and both headers.',
  'host-lost':
    'The page is asked for under another name than the server: a proxy in between does not pass on the Host header, or ALLOWED_ORIGINS lacks the name of the page.',
  'host-foreign': 'The server is asked under a name that it does not know: put it into ALLOWED_HOSTS.',
  'untrusted-forwarding':
    'Requests say that they come through a proxy that TRUSTED_PROXIES does not count, so all its clients count as one address: set TRUSTED_PROXIES to the number of proxies.',
}

/** A mistake is one until it is mended: as often as somebody may look. */
const quietMs = 600_000

/** Tells the log of mistakes of proxies: each at once, then every ten minutes with how often it was met. */
export class ProxyRemarks {
  readonly #logger: Logger
  readonly #clock: Pick<Clock, 'now'>
  readonly #met = new Map<ProxyMistake, { quietUntil: number; times: number }>()

  constructor({ logger, clock }: { readonly logger: Logger; readonly clock: Pick<Clock, 'now'> }) {
    this.#logger = logger
    this.#clock = clock
  }

  note(mistake: ProxyMistake, { headers, socket }: IncomingMessage): void {
    const now = this.#clock.now()
    const met = this.#met.get(mistake) ?? { quietUntil: -Infinity, times: 0 }
    this.#met.set(mistake, met)
    met.times++
    if (now < met.quietUntil) return
    // Cut: whoever sends them chooses them.
    const shown = {
      host: headers.host?.slice(0, 100),
      origin: headers.origin?.slice(0, 100),
      from: socket.remoteAddress,
    }
    this.#logger.warn({ mistake, times: met.times, ...shown }, sentences[mistake])
    met.quietUntil = now + quietMs
    met.times = 0
  }
}

/** A client that wanted a socket, and whose wish was lost on the way. */
export const hasLostUpgrade = ({ headers }: IncomingMessage): boolean =>
  headers['sec-websocket-key'] !== undefined && headers.upgrade === undefined

export const upgradeLost = sentences['upgrade-lost']
