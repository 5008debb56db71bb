import type { Authentication } from '../../use-cases/authentication.ts'
import type { Context } from '../context.ts'

/** Hands the refresh token of a success to the client's cookie, where there is one, and passes the outcome on. */
export function keepInCookie<Outcome extends Authentication | { readonly kind: string }>(
  { refreshCookie, services }: Context,
  outcome: Outcome,
): Outcome {
  if ('refreshToken' in outcome && outcome.refreshToken !== null)
    refreshCookie?.write(outcome.refreshToken, services.environment.REFRESH_TOKEN_SECONDS)
  return outcome
}
