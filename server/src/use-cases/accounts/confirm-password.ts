import type { AuditEvent } from '../../domain/audit.ts'
import type { Failure, RateLimitedError } from '../../domain/failure.ts'
import { findAccount } from '../../store/accounts/find-account.ts'
import type { Services } from '../services.ts'
import { LoginThrottle } from './login-throttle.ts'
import { deviceHash, networkHash, type Origin } from './origin.ts'
import { isPassword } from './password.ts'
import type { Place } from './password-queue.ts'

export type WrongPasswordError = Failure<'WrongPasswordError'>

export const wrongPassword: WrongPasswordError = {
  kind: 'WrongPasswordError',
  code: 'WRONG_PASSWORD',
  message: 'This is not your current password.',
}

interface Confirmation {
  readonly userId: string
  readonly email: string
  readonly password: string
  readonly origin: Origin
  /** What the audit log has of a wrong one. */
  readonly failure: Pick<AuditEvent, 'kind' | 'detail'>
}

interface Confirmed {
  readonly passwordHash: string
  /** In the queue of those who have passwords hashed; left when the work is done. */
  readonly place: Place
}

/** Has somebody who is signed in confirm it by their password, and works. Guessing it counts as guessing at a sign-in does. */
export async function whenConfirmed<Outcome>(
  { accounts, database }: Services,
  { userId, email, password, origin, failure }: Confirmation,
  work: (confirmed: Confirmed) => Promise<Outcome>,
): Promise<Outcome | WrongPasswordError | RateLimitedError> {
  const place = accounts.passwordQueue.enter({ key: userId, isKnown: true })
  if (place.kind !== 'place') return place
  const event = { actorId: userId, subjectId: userId, address: origin.address }
  try {
    const account = await findAccount(database, email, deviceHash(origin), networkHash(origin))
    if (account === undefined) return wrongPassword
    const { passwordHash } = account
    const throttle = new LoginThrottle(accounts.limits, email, account, origin)
    const refusal = await throttle.spend()
    if (refusal !== undefined) {
      accounts.audit.record({ kind: 'SIGN_IN_THROTTLED', ...event, detail: email })
      return refusal
    }
    if (!(await place.compute(() => isPassword(passwordHash, password)))) {
      accounts.audit.record({ ...failure, ...event })
      return wrongPassword
    }
    await throttle.succeed()
    return await work({ passwordHash, place })
  } finally {
    place.leave()
  }
}
