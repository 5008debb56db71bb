import type { Clock } from '../../clock.ts'
import type { Actor } from '../../domain/actor.ts'
import { closeCodes } from '../../use-cases/agents/close-codes.ts'

/** The longest that setTimeout can wait; it fires at once for more. */
const maxTimeoutMs = 2 ** 31 - 1

/** Calls back when a token has expired, at once where it has; what it returns cancels that. */
export function whenExpired(clock: Clock, expiresAt: Date, callback: () => void): () => void {
  let cancel = () => {}
  const wait = () => {
    const left = expiresAt.getTime() - clock.now()
    if (left <= 0) return callback()
    cancel = clock.after(Math.min(left, maxTimeoutMs), wait)
  }
  wait()
  return () => cancel()
}

/** Nothing renews a personal token, or a link: its client needs another one. */
export const expiryCode = (actor: Actor): number =>
  actor.kind === 'user' && actor.token === undefined ? closeCodes.TOKEN_EXPIRED : closeCodes.FORBIDDEN
