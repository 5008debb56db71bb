import { createHmac } from 'node:crypto'
import type { NewRefreshToken } from '../../store/accounts/insert-refresh-token.ts'
import type { Services } from '../services.ts'
import { hashToken } from './token-hash.ts'

/** A refresh token: the secret for the client, and what is stored of it. */
export interface RefreshToken {
  readonly secret: string
  readonly row: NewRefreshToken
}

/** The first token of a sign-in. */
export const firstRefreshToken = (services: Services): RefreshToken => withRow(services, services.ids.secret())

/**
 * The one successor that a token has: whoever brings the token again within the grace gets the same, so that a chain never forks, and
 * nothing readable need be stored for it. Nobody without the server's key can tell it from the token.
 */
export const successorOf = (services: Services, secret: string): RefreshToken =>
  withRow(services, createHmac('sha256', services.accounts.refreshKey).update(secret).digest('base64url'))

const withRow = ({ environment, ids }: Services, secret: string): RefreshToken => ({
  secret,
  row: { id: ids.next(), hash: hashToken(secret), lifetimeSeconds: environment.REFRESH_TOKEN_SECONDS },
})
