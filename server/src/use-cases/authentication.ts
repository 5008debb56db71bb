import { insertRefreshToken, type NewRefreshToken } from '../store/accounts/insert-refresh-token.ts'
import { issueAccessToken } from './access-token.ts'
import type { Services } from './services.ts'
import { hashToken } from './token-hash.ts'

/** What a user gets at signing in and at each refresh. */
export interface Authentication {
  readonly userId: string
  readonly accessToken: string
  readonly expiresAt: Date
  /** For the client's cookie; null for a client without one, whose sign-in ends with the access token. */
  readonly refreshToken: string | null
}

/** A new refresh token: the secret for the client, and what is stored of it. */
export function makeRefreshToken({ environment, ids }: Services): { secret: string; row: NewRefreshToken } {
  const secret = ids.secret()
  return {
    secret,
    row: { id: ids.next(), hash: hashToken(secret), lifetimeSeconds: environment.REFRESH_TOKEN_SECONDS },
  }
}

/** Begins a sign-in of a user who has shown who they are. */
export async function signIn(services: Services, userId: string, refreshable: boolean): Promise<Authentication> {
  if (!refreshable) return authenticationOf(services, userId, null)
  const { secret, row } = makeRefreshToken(services)
  await insertRefreshToken(services.database.prisma, userId, row.id, row)
  return authenticationOf(services, userId, secret)
}

export async function authenticationOf(
  services: Services,
  userId: string,
  refreshToken: string | null,
): Promise<Authentication> {
  const { token, expiresAt } = await issueAccessToken(services, userId)
  return { userId, accessToken: token, expiresAt, refreshToken }
}
