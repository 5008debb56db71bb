/**
 * Why the server closes a socket, beyond what the protocol of graphql-ws itself defines (its `CloseCode`).
 *
 * A client of graphql-ws comes back after all of these but SUPERSEDED, which it takes for fatal: an agent that was superseded
 * must not fight for its place. It also takes 4400, 4401, 4429, 4500 and most of 1000-1999 for fatal, so none of those stand here.
 */
export const closeCodes = {
  /** The token is not valid, or was revoked. The client needs another one. */
  FORBIDDEN: 4403,
  /** The access token has expired: refresh it and come back. graphql-ws closes with it too when `connection_init` is late. */
  TOKEN_EXPIRED: 4408,
  /** Another run of the same agent has taken over. */
  SUPERSEDED: 4409,
  /** The server stops: come back, to another replica or later. */
  GOING_AWAY: 4410,
  /** Too many messages, or the server could not answer: come back later. The standard's own "Try Again Later". */
  TRY_AGAIN_LATER: 1013,
} as const
