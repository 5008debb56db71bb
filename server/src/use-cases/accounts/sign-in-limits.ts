import type { Pool } from 'pg'
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible'
import { rateLimited, type RateLimitedError } from '../../domain/failure.ts'

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** So many points in so many seconds, which begin with the first of them. */
type Window = readonly [points: number, seconds: number]

/** Several windows make a delay that grows: five failures cost minutes, ten an hour, twenty a day. */
const fewGuesses: readonly Window[] = [
  [5, 5 * minute],
  [10, hour],
  [20, day],
]

/** What is counted, each by a key of its own. */
export const signInWindows = {
  /** Failed sign-ins to one account from one network. */
  loginByAccountAndNetwork: fewGuesses,
  /** Failed sign-ins to one account from one device that has signed in to it before. Nothing else counts against such a device. */
  loginByDevice: fewGuesses,
  /** Failed sign-ins to one account from all networks that it was never signed in to from. They bound guessing from many networks. */
  loginByStrangers: [
    [100, hour],
    [300, day],
  ],
  /** Failed sign-ins from one network, to whatever account. */
  loginByNetwork: [
    [50, 15 * minute],
    [500, day],
  ],
  /** Accounts registered, or tried to, from one network. */
  registrationByNetwork: [[100, 15 * minute]],
  /** Refresh tokens refused to one network. */
  refreshByNetwork: [[100, 15 * minute]],
  /** Personal tokens refused to one network. */
  tokenByNetwork: [[100, 15 * minute]],
} as const satisfies Record<string, readonly Window[]>

export type SignInLimitName = keyof typeof signInWindows
export type SignInWindows = Readonly<Record<SignInLimitName, readonly Window[]>>
export type SignInLimits = Readonly<Record<SignInLimitName, SignInLimit>>

/**
 * Counters in the database, shared by all replicas. Where the table cannot be reached, each process counts for itself:
 * neither a free run for guessing nor a locked door.
 */
export function createSignInLimits(pool: Pool, windows: SignInWindows = signInWindows): SignInLimits {
  const limit = (name: SignInLimitName) =>
    new SignInLimit(windows[name].map((window) => createLimiter(pool, `${name}:${window[1]}`, window)))
  return {
    loginByAccountAndNetwork: limit('loginByAccountAndNetwork'),
    loginByDevice: limit('loginByDevice'),
    loginByStrangers: limit('loginByStrangers'),
    loginByNetwork: limit('loginByNetwork'),
    registrationByNetwork: limit('registrationByNetwork'),
    refreshByNetwork: limit('refreshByNetwork'),
    tokenByNetwork: limit('tokenByNetwork'),
  }
}

function createLimiter(pool: Pool, keyPrefix: string, [points, duration]: Window): RateLimiterAbstract {
  const options = { keyPrefix, points, duration }
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

/** What is within all of its windows is let through. */
export class SignInLimit {
  readonly #windows: readonly RateLimiterAbstract[]

  /** @param windows the shortest first */
  constructor(windows: readonly RateLimiterAbstract[]) {
    this.#windows = windows
  }

  /**
   * Takes a point of a key, in each window in one atomic step, before what it pays for is tried: of many tries at once, also in one
   * request, no more pass than there are points. What is refused costs nothing in the windows that would have let it through.
   */
  async spend(key: string): Promise<RateLimitedError | undefined> {
    for (const [index, window] of this.#windows.entries()) {
      const refusal = await consume(window, key)
      if (refusal === undefined) continue
      await Promise.all(this.#windows.slice(0, index).map((earlier) => earlier.reward(key)))
      // A longer one may be used up, too: it is told when to come back and be let in.
      const others = await Promise.all(this.#windows.slice(index + 1).map((longer) => waitOf(longer, key)))
      return rateLimited(Math.max(refusal, ...others))
    }
    return undefined
  }

  /** Gives a point back: it was well spent. */
  async giveBack(key: string): Promise<void> {
    await Promise.all(this.#windows.map((window) => window.reward(key)))
  }

  /** Forgets all that was taken of a key. */
  async forget(key: string): Promise<void> {
    await Promise.all(this.#windows.map((window) => window.delete(key)))
  }
}

/** Returns in how many seconds there are points again, where there are none. */
async function consume(window: RateLimiterAbstract, key: string): Promise<number | undefined> {
  try {
    await window.consume(key)
    return undefined
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return secondsOf(refusal)
    throw refusal
  }
}

async function waitOf(window: RateLimiterAbstract, key: string): Promise<number> {
  const state = await window.get(key)
  return state !== null && state.remainingPoints <= 0 ? secondsOf(state) : 0
}

const secondsOf = ({ msBeforeNext }: RateLimiterRes): number => Math.max(1, Math.ceil(msBeforeNext / 1000))
