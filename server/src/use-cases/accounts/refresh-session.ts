import type { Failure, RateLimitedError } from '../../domain/failure.ts'
import { rotateRefreshToken } from '../../store/accounts/rotate-refresh-token.ts'
import { authenticationOf, type Authentication } from './authentication.ts'
import { clientNetwork } from './client-network.ts'
import { announceEnded } from './end-sign-ins.ts'
import { successorOf } from './refresh-token.ts'
import type { Services } from '../services.ts'
import { hashToken } from './token-hash.ts'

export interface SessionExpiredError extends Failure<'SessionExpiredError'> {
  /**
   * Whether somebody ended the session. Then the cookie is not taken away: it may be that of the session which a change of the password, in another
   * tab, has begun meanwhile.
   */
  readonly wasEnded: boolean
}

export interface RefreshSessionInput {
  /** From the client's cookie. */
  readonly refreshToken: string | undefined
  /** The client's network address. */
  readonly address: string
}

export type RefreshSessionOutcome = Authentication | SessionExpiredError | RateLimitedError

/**
 * How long after its first use a token may come again: tabs of one page that refresh at once share a cookie. All get one successor, so that a
 * thief among them is found out when the next of the two uses it.
 */
export const parallelRefreshGraceMs = 3_000

const sessionExpired = (wasEnded: boolean): SessionExpiredError => ({
  wasEnded,
  kind: 'SessionExpiredError',
  code: 'SESSION_EXPIRED',
  message: 'Your session has ended. Sign in again.',
})

/** Exchanges a refresh token for a new one and an access token. Tests shorten the grace. */
export async function refreshSession(
  services: Services,
  { refreshToken, address }: RefreshSessionInput,
  graceMs = parallelRefreshGraceMs,
): Promise<RefreshSessionOutcome> {
  if (refreshToken === undefined) return sessionExpired(false)
  const { audit, limits } = services.accounts
  const network = clientNetwork(address)
  const refusal = await limits.refreshByNetwork.spend(network)
  if (refusal !== undefined) return refusal

  const { secret, row } = successorOf(services, refreshToken)
  const outcome = await rotateRefreshToken(services.database, hashToken(refreshToken), row, graceMs)
  switch (outcome.kind) {
    case 'rotated':
      await limits.refreshByNetwork.giveBack(network)
      return authenticationOf(services, outcome.signIn, secret)
    case 'reused':
      announceEnded(services, [outcome.signIn])
      audit.record({ kind: 'REFRESH_TOKEN_REUSED', subjectId: outcome.signIn.userId, address })
      return sessionExpired(false)
    case 'refused':
      return sessionExpired(outcome.reason === 'ended')
    default:
      return outcome satisfies never
  }
}
