import { beginSignIn } from '../../store/accounts/begin-sign-in.ts'
import { rememberOrigins } from '../../store/accounts/known-origins.ts'
import { issueAccessToken } from './access-token.ts'
import { newDevice } from './device.ts'
import { deviceHash, networkHash, type Origin } from './origin.ts'
import { toStorable } from '../parse-input.ts'
import { firstRefreshToken } from './refresh-token.ts'
import type { Services } from '../services.ts'

/** What a user gets at signing in and at each refresh. */
export interface Authentication {
  readonly userId: string
  readonly accessToken: string
  readonly expiresAt: Date
  /** For the client's cookie; null for a client without one, whose sign-in ends with the access token. */
  readonly refreshToken: string | null
  /** For the cookie by which the device is known from now on; null where it is known already, or the client has no cookies. */
  readonly device: string | null
}

/** A user who has shown who they are. */
export interface Signer {
  readonly userId: string
  /** The one that the password was checked against. */
  readonly passwordHash: string
  readonly origin: Origin
  readonly isKnownDevice: boolean
  /** Whether the client can keep a refresh token. */
  readonly refreshable: boolean
}

/** Of what a client says it is. */
const maxUserAgent = 300

/** Begins a sign-in. Undefined where the password has been changed since it was checked, or the user disabled. */
export async function signIn(services: Services, signer: Signer): Promise<Authentication | undefined> {
  const { database, environment, ids } = services
  const { userId, passwordHash, origin, refreshable } = signer
  const id = ids.next()
  const refreshToken = refreshable ? firstRefreshToken(services) : null
  const { ACCESS_TOKEN_SECONDS, SESSION_MAX_SECONDS } = environment
  const maxSeconds = refreshable ? SESSION_MAX_SECONDS : Math.min(ACCESS_TOKEN_SECONDS, SESSION_MAX_SECONDS)
  const { address } = origin
  const shown = origin.userAgent === undefined ? null : toStorable(origin.userAgent.slice(0, maxUserAgent))
  const beginning = { id, userId, passwordHash, maxSeconds, device: shown, address }
  const expiresAt = await beginSignIn(database, beginning, refreshToken?.row ?? null)
  if (expiresAt === undefined) return undefined

  const device = refreshable && !signer.isKnownDevice ? newDevice(services) : null
  const known = deviceHash(device === null ? origin : { ...origin, device })
  const network = networkHash(origin)
  await rememberOrigins(database, userId, known !== null && refreshable ? [network, known] : [network])
  return authenticationOf(services, { id, userId, expiresAt }, refreshToken?.secret ?? null, device)
}

interface CurrentSignIn {
  readonly id: string
  readonly userId: string
  readonly expiresAt: Date
}

export async function authenticationOf(
  services: Services,
  signIn: CurrentSignIn,
  refreshToken: string | null,
  device: string | null = null,
): Promise<Authentication> {
  const { token, expiresAt } = await issueAccessToken(services, signIn)
  return { userId: signIn.userId, accessToken: token, expiresAt, refreshToken, device }
}
