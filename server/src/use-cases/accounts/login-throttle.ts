import type { RateLimitedError } from '../../domain/failure.ts'
import type { Account } from '../../store/accounts/find-account.ts'
import { clientNetwork } from './client-network.ts'
import { deviceHash, type Origin } from './origin.ts'
import type { SignInLimit, SignInLimits } from './sign-in-limits.ts'
import { hashToken } from './token-hash.ts'

interface Counter {
  readonly limit: SignInLimit
  readonly key: string
  /** Whether a success forgives the failures before it, rather than giving back its own point alone. */
  readonly isForgiving: boolean
}

/**
 * What a try to sign in counts against, so that guessing is bounded and nobody can lock out another:
 *
 * - from a device that has signed in to this account before: against that device alone, whatever others do;
 * - from a network that it was signed in to from: against the network, and the account together with the network;
 * - from a stranger: against what all strangers together have tried at this account, too.
 *
 * An unknown email is a stranger's, and is counted like any. See docs/decisions/0020.
 */
export class LoginThrottle {
  readonly #counters: readonly Counter[]

  constructor(limits: SignInLimits, email: string, account: Account | undefined, origin: Origin) {
    this.#counters = countersOf(limits, email, account, origin)
  }

  /** Takes a point of each, before the password is looked at. What is refused costs nothing where it would have been let through. */
  async spend(): Promise<RateLimitedError | undefined> {
    for (const [index, { limit, key }] of this.#counters.entries()) {
      const refusal = await limit.spend(key)
      if (refusal === undefined) continue
      await Promise.all(this.#counters.slice(0, index).map((earlier) => earlier.limit.giveBack(earlier.key)))
      return refusal
    }
    return undefined
  }

  /** Nothing was tried after all. */
  async giveBack(): Promise<void> {
    await Promise.all(this.#counters.map(({ limit, key }) => limit.giveBack(key)))
  }

  /** The password was right: only failures count. */
  async succeed(): Promise<void> {
    await Promise.all(
      this.#counters.map(({ limit, key, isForgiving }) => (isForgiving ? limit.forget(key) : limit.giveBack(key))),
    )
  }
}

function countersOf(limits: SignInLimits, email: string, account: Account | undefined, origin: Origin): Counter[] {
  // Hashed, because the limiter's keys are shorter than an email may be, and readable by whoever reads the table.
  const hashed = text(hashToken(email))
  const device = deviceHash(origin)
  if (account?.isKnownDevice && device !== null)
    return [{ limit: limits.loginByDevice, key: `${hashed}:${text(device)}`, isForgiving: true }]
  const network = clientNetwork(origin.address)
  const counters: Counter[] = [
    { limit: limits.loginByNetwork, key: network, isForgiving: false },
    { limit: limits.loginByAccountAndNetwork, key: `${hashed}:${network}`, isForgiving: true },
  ]
  if (!account?.isKnownNetwork) counters.push({ limit: limits.loginByStrangers, key: hashed, isForgiving: false })
  return counters
}

const text = (hash: Uint8Array) => Buffer.from(hash).toString('base64url')
