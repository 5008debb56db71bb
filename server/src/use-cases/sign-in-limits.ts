import type { Pool } from 'pg'
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible'
import { rateLimited, type RateLimitedError } from '../domain/failure.ts'

const windowSeconds = 15 * 60

/** How many points each limiter gives in a window. */
export interface SignInPoints {
  /** Failed sign-ins to one account, from wherever. */
  readonly loginByAccount: number
  /** Failed sign-ins from one network, to whatever account. */
  readonly loginByNetwork: number
  /** Accounts registered, or tried to, from one network. */
  readonly registrationByNetwork: number
  /** Refresh tokens refused to one network. */
  readonly refreshByNetwork: number
}

export type SignInLimits = { readonly [Name in keyof SignInPoints]: RateLimiterAbstract }

const defaultPoints: SignInPoints = {
  loginByAccount: 5,
  loginByNetwork: 50,
  registrationByNetwork: 100,
  refreshByNetwork: 100,
}

/**
 * Counters in the database, shared by all replicas. Where the table cannot be reached, each process counts for itself:
 * neither a free run for guessing nor a locked door.
 */
export function createSignInLimits(pool: Pool, points: SignInPoints = defaultPoints): SignInLimits {
  const limiter = (name: keyof SignInPoints) => {
    const options = { keyPrefix: name, points: points[name], duration: windowSeconds }
    return new RateLimiterPostgres({
      ...options,
      storeClient: pool,
      storeType: 'pool',
      tableName: 'rate_limit',
      tableCreated: true,
      // Our own sweep purges: see store/accounts/delete-expired-tokens.ts.
      clearExpiredByTimeout: false,
      insuranceLimiter: new RateLimiterMemory(options),
    })
  }
  return {
    loginByAccount: limiter('loginByAccount'),
    loginByNetwork: limiter('loginByNetwork'),
    registrationByNetwork: limiter('registrationByNetwork'),
    refreshByNetwork: limiter('refreshByNetwork'),
  }
}

/**
 * Takes a point of a key in one atomic step, before what it pays for is tried: of many tries at once, also in one request, no
 * more pass than there are points.
 */
export async function takePoint(limiter: RateLimiterAbstract, key: string): Promise<RateLimitedError | undefined> {
  try {
    await limiter.consume(key)
    return undefined
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return rateLimited(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)))
    throw refusal
  }
}
