import type { ForbiddenError, RateLimitedError, UnauthenticatedError } from '../domain/failure.ts'

/** Why a request is no longer kept open: its token has ended, the server stops, or its client is gone. */
export type HeldEnd = 'tokenEnded' | 'stopping' | 'gone'

/** A request that is kept open: counted as sockets are, and ended when they would be. */
export interface Held {
  readonly ended: Promise<HeldEnd>
  /** It need not be kept open any longer. */
  release(): void
}

/** Why a request is not kept open. */
export type HoldRefusal = RateLimitedError | UnauthenticatedError | ForbiddenError
