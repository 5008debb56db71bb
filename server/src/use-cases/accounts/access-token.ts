import { errors, jwtVerify, SignJWT } from 'jose'
import type { Services } from '../services.ts'

const issuer = 'reckon'
const audience = 'reckon-api'
const algorithm = 'HS256'
/** RFC 9068's type of access tokens: a token of the same key that serves another end is not taken for one. */
const type = 'at+jwt'
/** How far the clocks of replicas may differ. */
export const clockToleranceSeconds = 5

export interface AccessToken {
  readonly token: string
  readonly expiresAt: Date
}

export async function issueAccessToken(
  { accounts, clock, environment, ids }: Pick<Services, 'accounts' | 'clock' | 'environment' | 'ids'>,
  signIn: { readonly id: string; readonly userId: string; readonly expiresAt: Date },
): Promise<AccessToken> {
  const issuedAt = Math.floor(clock.now() / 1000)
  const expiresAt = Math.min(
    issuedAt + environment.ACCESS_TOKEN_SECONDS,
    Math.max(issuedAt, Math.floor(signIn.expiresAt.getTime() / 1000)),
  )
  const token = await new SignJWT({ sid: signIn.id })
    .setProtectedHeader({ alg: algorithm, typ: type })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(signIn.userId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .setJti(ids.next())
    .sign(accounts.jwtKey)
  return { token, expiresAt: new Date(expiresAt * 1000) }
}

export type AccessTokenOutcome =
  | { readonly kind: 'accepted'; readonly userId: string; readonly signInId: string; readonly expiresAt: Date }
  | { readonly kind: 'refused'; readonly reason: 'expired' | 'invalid' }

/**
 * Without all these options jose would accept a token for anybody, and one that never expires. Its greatest age is checked beside its
 * expiry: which sign-ins have ended is remembered for no longer than that, whatever a server before this one has issued.
 */
export async function verifyAccessToken(
  { accounts, clock, environment }: Pick<Services, 'accounts' | 'clock' | 'environment'>,
  token: string,
): Promise<AccessTokenOutcome> {
  try {
    const { payload } = await jwtVerify(token, accounts.jwtKey, {
      algorithms: [algorithm],
      typ: type,
      issuer,
      audience,
      requiredClaims: ['sub', 'sid', 'iat', 'exp', 'jti'],
      maxTokenAge: environment.ACCESS_TOKEN_SECONDS,
      clockTolerance: clockToleranceSeconds,
      currentDate: new Date(clock.now()),
    })
    const { sub, sid, exp } = payload
    if (typeof sub !== 'string' || typeof sid !== 'string' || exp === undefined)
      return { kind: 'refused', reason: 'invalid' }
    if (accounts.endedSignIns.has(sid)) return { kind: 'refused', reason: 'invalid' }
    return { kind: 'accepted', userId: sub, signInId: sid, expiresAt: new Date(exp * 1000) }
  } catch (error) {
    // jose checks the expiry last: an expired token is right in all else.
    if (error instanceof errors.JWTExpired) return { kind: 'refused', reason: 'expired' }
    if (error instanceof errors.JOSEError) return { kind: 'refused', reason: 'invalid' }
    throw error
  }
}
