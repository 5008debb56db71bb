import { validate as isUuid } from 'uuid'
import { invalidInput, notFound, type InvalidInputError, type NotFoundError } from '../../domain/failure.ts'
import type { User, UserRole } from '../../generated/prisma/client.ts'
import { changeRole } from '../../store/accounts/change-role.ts'
import type { Requester } from './requester.ts'
import type { Services } from '../services.ts'

export interface SetUserRoleInput {
  readonly userId: string
  readonly role: UserRole
}

export type SetUserRoleOutcome = User | NotFoundError | InvalidInputError

/** For admins. It holds at once: roles are read from the database, not from tokens. */
export async function setUserRole(
  { accounts, database }: Services,
  { userId, role }: SetUserRoleInput,
  { actorId, address }: Requester,
): Promise<SetUserRoleOutcome> {
  if (!isUuid(userId)) return notFound('user')
  const outcome = await changeRole(database, userId, role)
  switch (outcome.kind) {
    case 'changed':
      accounts.audit.record({ kind: 'ROLE_CHANGED', actorId, subjectId: userId, address, detail: role })
      return outcome.user
    case 'unknownUser':
      return notFound('user')
    case 'lastAdmin':
      return invalidInput(
        [{ path: 'role', message: 'This is the last admin. Make somebody else an admin first.' }],
        'LAST_ADMIN',
      )
    default:
      return outcome satisfies never
  }
}
