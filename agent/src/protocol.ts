/** Codes with which the server closes a socket and means more than "try again". */
export const closeCodes = {
  /** The token was refused, or was revoked while the session ran. */
  forbidden: 4403,
  /** Another process opened a session under this agent's name. */
  superseded: 4409,
  /** The server is going away; another replica, or the next server, takes over. */
  goingAway: 4410,
} as const

/** What an error of a GraphQL answer carries as `extensions.code` when the token is not one that an agent may use. */
export const refusalErrorCodes: readonly unknown[] = ['UNAUTHENTICATED', 'FORBIDDEN']

/** As `refusalErrorCodes`, where it is the agent that is not let in. */
export const suspendedErrorCode = 'AGENT_SUSPENDED'

/** As `refusalErrorCodes`, where the server speaks no version of the protocol that this agent does. */
export const unsupportedErrorCode = 'PROTOCOL_UNSUPPORTED'

export const limits = {
  /** Results in one `submitTaskResults`. */
  batchResults: 1000,
  /** Characters of values and messages in one `submitTaskResults`: half of the server's frame limit of 1 MiB. */
  batchCharacters: 512 * 1024,
  errorMessageCharacters: 500,
  slots: 1024,
  nameCharacters: 100,
} as const

export interface Timing {
  /** After a pong, so long until the next ping. */
  readonly pingIntervalMs: number
  /** A dial or a socket on which nothing arrives for so long is dead, whatever TCP says. */
  readonly silenceLimitMs: number
  /** A server that pings but opens no session, or leaves results unanswered, for so long is given up: another may do better. */
  readonly answerTimeoutMs: number
  /** How long a goodbye may take. */
  readonly closeTimeoutMs: number
  /**
   * Retries wait a random time up to a bound that starts here and doubles up to the cap. After an outage, however long, an agent is to be
   * back while the server still waits for those that hold what it takes over (its RESUME_GRACE_MS, 4 s), so the cap is below that.
   */
  readonly retryBaseMs: number
  readonly retryCapMs: number
  /** A connection that lasted so long was a good one: the next retry starts at the base again. */
  readonly stableAfterMs: number
}

export const defaultTiming: Timing = {
  pingIntervalMs: 2_000,
  silenceLimitMs: 5_000,
  answerTimeoutMs: 30_000,
  closeTimeoutMs: 1_000,
  retryBaseMs: 250,
  retryCapMs: 3_000,
  stableAfterMs: 10_000,
}
