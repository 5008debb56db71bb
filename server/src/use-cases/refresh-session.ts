import type { Failure, RateLimitedError } from '../domain/failure.ts'
import { rotateRefreshToken } from '../store/accounts/rotate-refresh-token.ts'
import { authenticationOf, makeRefreshToken, type Authentication } from './authentication.ts'
import { clientNetwork } from './client-network.ts'
import type { Services } from './services.ts'
import { takePoint } from './sign-in-limits.ts'
import { hashToken } from './token-hash.ts'

export type SessionExpiredError = Failure<'SessionExpiredError'>

export interface RefreshSessionInput {
  /** From the client's cookie. */
  readonly refreshToken: string | undefined
  /** The client's network address. */
  readonly address: string
}

export type RefreshSessionOutcome = Authentication | SessionExpiredError | RateLimitedError

/** How long after its first use a token may come again: tabs of one page that refresh at once share a cookie. */
export const parallelRefreshGraceMs = 10_000

const sessionExpired: SessionExpiredError = {
  kind: 'SessionExpiredError',
  code: 'SESSION_EXPIRED',
  message: 'Your session has ended. Sign in again.',
}

/** Exchanges a refresh token for a new one and an access token. Tests shorten the grace. */
export async function refreshSession(
  services: Services,
  { refreshToken, address }: RefreshSessionInput,
  graceMs = parallelRefreshGraceMs,
): Promise<RefreshSessionOutcome> {
  if (refreshToken === undefined) return sessionExpired
  const { refreshByNetwork } = services.accounts.limits
  const network = clientNetwork(address)
  const refusal = await takePoint(refreshByNetwork, network)
  if (refusal !== undefined) return refusal

  const { secret, row } = makeRefreshToken(services)
  const outcome = await rotateRefreshToken(services.database, hashToken(refreshToken), row, graceMs)
  switch (outcome.kind) {
    case 'rotated':
      await refreshByNetwork.reward(network)
      return authenticationOf(services, outcome.userId, secret)
    case 'refused':
      if (outcome.reason === 'reused')
        services.logger.warn({ address }, 'a used refresh token came again: its family is revoked')
      return sessionExpired
    default:
      return outcome satisfies never
  }
}
