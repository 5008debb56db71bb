import type { Failure, InvalidInputError, RateLimitedError } from '../../domain/failure.ts'
import { changePassword as storePassword } from '../../store/accounts/change-password.ts'
import { findAccount } from '../../store/accounts/find-account.ts'
import { signIn, type Authentication } from './authentication.ts'
import { currentPasswordSchema, newPasswordSchema } from './credentials.ts'
import { announceEnded } from './end-sign-ins.ts'
import { ownDevice } from './device.ts'
import { LoginThrottle } from './login-throttle.ts'
import { deviceHash, networkHash, type Origin } from './origin.ts'
import { parseInput } from '../parse-input.ts'
import { hashPassword, isPassword } from './password.ts'
import type { Services } from '../services.ts'
import { z } from 'zod'

export type WrongPasswordError = Failure<'WrongPasswordError'>

export const wrongPassword: WrongPasswordError = {
  kind: 'WrongPasswordError',
  code: 'WRONG_PASSWORD',
  message: 'This is not your current password.',
}

export interface ChangePasswordInput extends Origin {
  readonly userId: string
  readonly currentPassword: string
  readonly newPassword: string
  /** Whether the client can keep a refresh token. */
  readonly refreshable: boolean
}

export type ChangePasswordOutcome = Authentication | WrongPasswordError | InvalidInputError | RateLimitedError

/**
 * Changes a password and ends all sign-ins that were made with the old one, this one too, since nobody knows which of them was stolen. Whoever
 * changed it is signed in anew. Guessing the current password counts as guessing at a sign-in does.
 */
export async function changePassword(services: Services, input: ChangePasswordInput): Promise<ChangePasswordOutcome> {
  const { accounts, database } = services
  const { userId, address } = input
  const { email } = await database.prisma.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } })
  const schema = z.object({ currentPassword: currentPasswordSchema, newPassword: newPasswordSchema(email) })
  const parsed = parseInput(schema, input)
  if (parsed.kind !== 'valid') return parsed
  const { currentPassword, newPassword } = parsed.value

  const origin = { address, device: ownDevice(services, input.device), userAgent: input.userAgent }
  const place = accounts.passwordQueue.enter({ key: userId, isKnown: true })
  if (place.kind !== 'place') return place
  try {
    const account = await findAccount(database, email, deviceHash(origin), networkHash(origin))
    if (account === undefined) return wrongPassword
    const throttle = new LoginThrottle(accounts.limits, email, account, origin)
    const refusal = await throttle.spend()
    if (refusal !== undefined) {
      accounts.audit.record({ kind: 'SIGN_IN_THROTTLED', actorId: userId, subjectId: userId, address, detail: email })
      return refusal
    }
    const from = account.passwordHash
    const matches = await place.compute(() => isPassword(from, currentPassword))
    const to = matches ? await place.compute(() => hashPassword(newPassword)) : null
    const ended = to === null ? undefined : await storePassword(database, { userId, from, to })
    if (to === null || ended === undefined) {
      accounts.audit.record({ kind: 'PASSWORD_CHANGE_FAILED', actorId: userId, subjectId: userId, address })
      return wrongPassword
    }
    await throttle.succeed()
    accounts.audit.record({ kind: 'PASSWORD_CHANGED', actorId: userId, subjectId: userId, address })
    const { refreshable } = input
    // Before the others are told: a page that hears of its end finds its new cookie.
    const authentication = await signIn(services, {
      userId,
      passwordHash: to,
      origin,
      isKnownDevice: false,
      refreshable,
    })
    announceEnded(services, ended)
    return authentication ?? wrongPassword
  } finally {
    place.leave()
  }
}
