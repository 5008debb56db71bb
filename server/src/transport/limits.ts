import type { Actor } from '../domain/actor.ts'

/** Of an HTTP body, and of a message of a socket, by who sends it; of a guest as of anybody who is not signed in. */
export interface MessageLimits {
  readonly bytes: number
  /** Items of lists and fields of objects in its JSON. Of a list that a field takes, each costs some 5 microseconds to check. */
  readonly values: number
}

/** What one client may ask for, over HTTP and over a socket alike. docs/limits.md tells what each costs at most. */
export interface TransportLimits {
  readonly messages: Readonly<Record<Exclude<Actor['kind'], 'guest'>, MessageLimits>>
  /** Lists and objects within each other in a message's JSON: to read 450 000 takes a fifth of a second. */
  readonly nesting: number
  /** Fields of one object in a message's JSON: each error in one prints them all. */
  readonly fields: number
  /** Of the name of a field in a message's JSON. */
  readonly nameCharacters: number
  readonly documentCharacters: number
  /** The place of an error in a document is looked for line by line, 0.1 microseconds each. */
  readonly documentLines: number
  /** Of one document that is not valid: to look for similar names takes up to 50 microseconds an error. */
  readonly validationErrors: number
  /** Of an error: much of what is wrong is quoted in it. */
  readonly errorCharacters: number
  /** Fields within fields; fragments do not count as levels. */
  readonly depth: number
  readonly aliases: number
  /** Validating takes some 20 microseconds each. */
  readonly tokens: number
  readonly anonymousTokens: number
  /** Fields of one name in a document. Validating takes up to the square of it: 20 ms for seven hundred. */
  readonly sameNames: number
  /** In all. */
  readonly sockets: number
  readonly socketsPerAddress: number
  /** At once. A subscription is one for as long as it lasts. */
  readonly operationsPerSocket: number
  /** Of a socket that has not signed in: in the long run, and at once. */
  readonly anonymousMessages: { readonly perSecond: number; readonly burst: number }
  /** Sockets of an address that have not signed in when they could. */
  readonly anonymousSocketsPerAddress: number
  /** How long a socket that has not signed in may have nothing under way. */
  readonly anonymousIdleMs: number
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
  messages: {
    // To sign up takes less than 4 kB, to introspect 2.
    anonymous: { bytes: 2 ** 14, values: 250 },
    // A hundred expressions have some 500 values.
    user: { bytes: 2 ** 20, values: 2_000 },
    // A thousand results have 8 000 values; an agent that comes back may name 20 000 tickets.
    agent: { bytes: 2 ** 20, values: 25_000 },
  },
  nesting: 32,
  fields: 50,
  nameCharacters: 100,
  // A hundred expressions may have 100 000 characters, also where they stand in the document.
  documentCharacters: 2 ** 17,
  documentLines: 1_000,
  validationErrors: 10,
  errorCharacters: 500,
  depth: 12,
  aliases: 30,
  tokens: 700,
  // To introspect takes 184.
  anonymousTokens: 300,
  sameNames: 200,
  sockets: 10_000,
  socketsPerAddress: 1_000,
  operationsPerSocket: 100,
  anonymousMessages: { perSecond: 20, burst: 100 },
  anonymousSocketsPerAddress: 100,
  anonymousIdleMs: 30_000,
  connectionInitMs: 5_000,
  bufferedBytes: 32 * 2 ** 20,
  stallMs: 60_000,
}
