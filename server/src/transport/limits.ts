/** What one client may ask for, over HTTP and over a socket alike. */
export interface TransportLimits {
  /** Of an HTTP body, and of a message of a socket. */
  readonly messageBytes: number
  /** Fields within fields; fragments do not count as levels. */
  readonly depth: number
  readonly aliases: number
  /** Validating takes up to the square of it: 25 ms for a thousand. */
  readonly tokens: number
  /** In all. */
  readonly sockets: number
  readonly socketsPerAddress: number
  /** At once. A subscription is one for as long as it lasts. */
  readonly operationsPerSocket: number
  /** Of a socket that has not signed in: in the long run, and at once. */
  readonly anonymousMessages: { readonly perSecond: number; readonly burst: number }
  /** How long a new socket may take to send `connection_init`. */
  readonly connectionInitMs: number
  /** What may wait for a subscriber that does not read, before its socket is given up. */
  readonly bufferedBytes: number
  /** How long one message may wait for a subscriber that does not read. */
  readonly stallMs: number
}

/**
 * A send waits until the kernel has taken the message, so a subscription has at most one waiting, and `bufferedBytes` is out of reach
 * of ordinary use: a hundred subscriptions with a snapshot of 320 KiB each, all waiting at once.
 */
export const defaultTransportLimits: TransportLimits = {
  messageBytes: 2 ** 20,
  depth: 12,
  aliases: 30,
  tokens: 1_000,
  sockets: 10_000,
  socketsPerAddress: 1_000,
  operationsPerSocket: 100,
  anonymousMessages: { perSecond: 20, burst: 100 },
  connectionInitMs: 5_000,
  bufferedBytes: 32 * 2 ** 20,
  stallMs: 60_000,
}
