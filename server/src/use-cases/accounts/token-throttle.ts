import type { Clock } from '../../clock.ts'
import type { SignInLimit } from './sign-in-limits.ts'

/** Tokens and networks remembered, some 100 bytes each. */
const maxRemembered = 10_000

/**
 * Bounds guessing of personal tokens. Only what is refused is counted, for each network, so that a request with a good token costs no
 * write. A network that has used up its tries is refused what was not good lately at this replica, without a look at the database: a
 * neighbour who guesses locks no program out that is running. What was good lately is looked up as ever.
 */
export class TokenThrottle {
  readonly #limit: SignInLimit
  readonly #clock: Clock
  /** Until when each network is refused, in milliseconds. */
  readonly #refusedUntil = new Map<string, number>()
  readonly #goodLately = new Set<string>()

  constructor(limit: SignInLimit, clock: Clock) {
    this.#limit = limit
    this.#clock = clock
  }

  /** In how many seconds this network may try such a token; undefined where it may now. */
  waitOf(network: string, token: string): number | undefined {
    const until = this.#refusedUntil.get(network)
    if (until === undefined || this.#goodLately.has(token)) return undefined
    const left = until - this.#clock.now()
    if (left > 0) return Math.ceil(left / 1000)
    this.#refusedUntil.delete(network)
    return undefined
  }

  accepted(token: string): void {
    this.#goodLately.delete(token)
    this.#goodLately.add(token)
    if (this.#goodLately.size > maxRemembered)
      for (const oldest of this.#goodLately) return void this.#goodLately.delete(oldest)
  }

  async refused(network: string, token: string): Promise<void> {
    this.#goodLately.delete(token)
    const refusal = await this.#limit.spend(network)
    if (refusal === undefined) return
    this.#refusedUntil.set(network, this.#clock.now() + refusal.retryAfterSeconds * 1000)
    if (this.#refusedUntil.size > maxRemembered)
      for (const oldest of this.#refusedUntil.keys()) return void this.#refusedUntil.delete(oldest)
  }
}
