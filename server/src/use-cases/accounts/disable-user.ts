import { validate as isUuid } from 'uuid'
import { invalidInput, notFound, type InvalidInputError, type NotFoundError } from '../../domain/failure.ts'
import type { User } from '../../generated/prisma/client.ts'
import { disableUser as storeDisabled, enableUser as storeEnabled } from '../../store/accounts/disable-user.ts'
import type { Services } from '../services.ts'
import type { Requester } from './requester.ts'
import { announceShutOut } from './shut-out.ts'

export const lastAdmin = (path: string): InvalidInputError =>
  invalidInput([{ path, message: 'This is the last admin. Make somebody else an admin first.' }], 'LAST_ADMIN')

/** For admins. At once no password, token or socket of the user is let in; what they have submitted goes on. */
export async function disableUser(
  services: Services,
  userId: string,
  { actorId, address }: Requester,
): Promise<User | NotFoundError | InvalidInputError> {
  if (!isUuid(userId)) return notFound('user')
  const outcome = await storeDisabled(services.database, userId)
  switch (outcome.kind) {
    case 'disabled':
      announceShutOut(services, outcome.shutOut)
      services.accounts.audit.record({ kind: 'USER_DISABLED', actorId, subjectId: userId, address })
      return outcome.user
    case 'unknownUser':
      return notFound('user')
    case 'lastAdmin':
      return lastAdmin('userId')
    default:
      return outcome satisfies never
  }
}

/** For admins. Sign-ins that were ended stay so; personal tokens that are still good are let in again. */
export async function enableUser(
  { accounts, database }: Services,
  userId: string,
  { actorId, address }: Requester,
): Promise<User | NotFoundError> {
  const user = isUuid(userId) ? await storeEnabled(database, userId) : null
  if (user === null) return notFound('user')
  accounts.audit.record({ kind: 'USER_ENABLED', actorId, subjectId: userId, address })
  return user
}
