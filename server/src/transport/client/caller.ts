import type { IncomingMessage } from 'node:http'
import { anonymous, type Actor } from '../../domain/actor.ts'
import { rateLimited, type RateLimitedError } from '../../domain/failure.ts'
import type { Services } from '../../use-cases/services.ts'
import type { Authenticate } from './authentication.ts'
import { clientAddress } from './forwarded.ts'
import { tokenOfHeaders } from './tokens.ts'
import { codedError } from '../../schema/coded-error.ts'

/** Who sends a request. */
export interface Caller {
  readonly actor: Actor
  /** Whether it brought a token that was refused: signing in and refreshing must work with an old one still in the header. */
  readonly wasRefused: boolean
}

/** Its network has tried too many wrong tokens. */
export interface TooManyTokens extends RateLimitedError {
  readonly actor?: never
}

/** Found out before the body is read, because it says how much of it may be. */
export async function identify(
  request: IncomingMessage,
  authenticate: Authenticate,
  services: Services,
): Promise<Caller | TooManyTokens> {
  const token = tokenOfHeaders(request.headers)
  if (token === undefined) return { actor: anonymous, wasRefused: false }
  const address = clientAddress(request, services.environment.TRUSTED_PROXIES)
  const outcome = await authenticate(services, token, address)
  if (outcome.kind === 'accepted') return { actor: outcome.actor, wasRefused: false }
  if (outcome.reason === 'throttled') return rateLimited(outcome.retryAfterSeconds, 'Too many wrong tokens.')
  return { actor: anonymous, wasRefused: true }
}

/** The same for GraphQL. */
export async function callerOf(
  request: IncomingMessage,
  authenticate: Authenticate,
  services: Services,
): Promise<Caller> {
  const caller = await identify(request, authenticate, services)
  if (caller.actor !== undefined) return caller
  const { code, message, retryAfterSeconds } = caller
  const http = { status: 429, headers: { 'retry-after': String(retryAfterSeconds) } }
  throw codedError(code, message, { retryAfterSeconds, http })
}
