import type { InvalidInputError, RateLimitedError } from '../../domain/failure.ts'
import { changePassword as storePassword } from '../../store/accounts/change-password.ts'
import { signIn, type Authentication } from './authentication.ts'
import { whenConfirmed, wrongPassword, type WrongPasswordError } from './confirm-password.ts'
import { currentPasswordSchema, newPasswordSchema } from './credentials.ts'
import { announceEnded } from './end-sign-ins.ts'
import { ownDevice } from './device.ts'
import type { Origin } from './origin.ts'
import { parseInput } from '../parse-input.ts'
import { hashPassword } from './password.ts'
import type { Services } from '../services.ts'
import { z } from 'zod'

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
 * changed it is signed in anew.
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
  const failure = { kind: 'PASSWORD_CHANGE_FAILED' } as const
  const confirmation = { userId, email, password: currentPassword, origin, failure }
  return whenConfirmed(services, confirmation, async ({ passwordHash: from, place }) => {
    const to = await place.compute(() => hashPassword(newPassword))
    const ended = await storePassword(database, { userId, from, to })
    if (ended === undefined) {
      accounts.audit.record({ ...failure, actorId: userId, subjectId: userId, address })
      return wrongPassword
    }
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
  })
}
