import { GraphQLError } from 'graphql'
import type { IncomingMessage } from 'node:http'
import { anonymous, type Actor } from '../../domain/actor.ts'
import { rateLimited } from '../../domain/failure.ts'
import type { Services } from '../../use-cases/services.ts'
import type { Authenticate } from './authentication.ts'
import { clientAddress } from './forwarded.ts'
import { tokenOfHeaders } from './tokens.ts'

/** Who sends a request. */
export interface Caller {
  readonly actor: Actor
  /** Whether it brought a token that was refused: signing in and refreshing must work with an old one still in the header. */
  readonly wasRefused: boolean
}

/** Found out before the body is read, because it says how much of it may be. */
export async function callerOf(
  request: IncomingMessage,
  authenticate: Authenticate,
  services: Services,
): Promise<Caller> {
  const token = tokenOfHeaders(request.headers)
  if (token === undefined) return { actor: anonymous, wasRefused: false }
  const address = clientAddress(request, services.environment.TRUSTED_PROXIES)
  const outcome = await authenticate(services, token, address)
  if (outcome.kind === 'refused' && outcome.reason === 'throttled') throw tooManyTokens(outcome.retryAfterSeconds)
  return outcome.kind === 'accepted'
    ? { actor: outcome.actor, wasRefused: false }
    : { actor: anonymous, wasRefused: true }
}

function tooManyTokens(retryAfterSeconds: number): GraphQLError {
  const { code, message } = rateLimited(retryAfterSeconds, 'Too many wrong tokens.')
  const http = { status: 429, headers: { 'retry-after': String(retryAfterSeconds) } }
  return new GraphQLError(message, { extensions: { code, retryAfterSeconds, http } })
}
