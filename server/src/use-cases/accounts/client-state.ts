import type { Services } from '../services.ts'
import type { Authentication } from './authentication.ts'

/** A cookie that holds a secret: there over HTTP, not over a socket. */
export interface SecretCookie {
  read(): string | undefined
  write(secret: string, maxAgeSeconds: number): void
  clear(): void
}

/** What a client brings besides its token, and what it can be given to keep. */
export interface ClientState {
  readonly services: Services
  /** The client's network address, for throttling. */
  readonly address: string
  /** What the client says it is, where it does: for people, who know their devices by it. */
  readonly userAgent?: string | undefined
  readonly refreshCookie: SecretCookie | null
  /** By which a device is known where somebody has signed in before. */
  readonly deviceCookie: SecretCookie | null
}

/** A known device stays known for as long as it is used, see store/accounts/known-origins.ts. */
const deviceSeconds = 180 * 24 * 3600

/** Hands the secrets of a success to the client's cookies, where there are any, and passes the outcome on. */
export function keepInCookies<Outcome extends Authentication | { readonly kind: string }>(
  { deviceCookie, refreshCookie, services }: ClientState,
  outcome: Outcome,
): Outcome {
  if (!('refreshToken' in outcome)) return outcome
  const { device, refreshToken } = outcome
  if (refreshToken !== null) refreshCookie?.write(refreshToken, services.environment.REFRESH_TOKEN_SECONDS)
  if (device !== null) deviceCookie?.write(device, deviceSeconds)
  return outcome
}

/** From where a request to sign in comes, and whether its client can keep what it gets. */
export const clientOf = ({ address, deviceCookie, refreshCookie, userAgent }: ClientState) => ({
  address,
  userAgent,
  device: deviceCookie?.read(),
  refreshable: refreshCookie !== null,
})
