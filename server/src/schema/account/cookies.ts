import type { Authentication } from '../../use-cases/accounts/authentication.ts'
import type { Context } from '../context.ts'

/** A known device stays known for as long as it is used, see store/accounts/known-origins.ts. */
const deviceSeconds = 180 * 24 * 3600

/** Hands the secrets of a success to the client's cookies, where there are any, and passes the outcome on. */
export function keepInCookies<Outcome extends Authentication | { readonly kind: string }>(
  { deviceCookie, refreshCookie, services }: Context,
  outcome: Outcome,
): Outcome {
  if (!('refreshToken' in outcome)) return outcome
  const { device, refreshToken } = outcome
  if (refreshToken !== null) refreshCookie?.write(refreshToken, services.environment.REFRESH_TOKEN_SECONDS)
  if (device !== null) deviceCookie?.write(device, deviceSeconds)
  return outcome
}

/** From where a request to sign in comes, and whether its client can keep what it gets. */
export const clientOf = ({ address, deviceCookie, refreshCookie }: Context) => ({
  address,
  device: deviceCookie?.read(),
  refreshable: refreshCookie !== null,
})
