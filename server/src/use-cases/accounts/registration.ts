import type { Failure } from '../../domain/failure.ts'
import type { Services } from '../services.ts'

export type RegistrationMode = Services['environment']['REGISTRATION']

export type RegistrationClosedError = Failure<'RegistrationClosedError'>

export const registrationClosed: RegistrationClosedError = {
  kind: 'RegistrationClosedError',
  code: 'REGISTRATION_CLOSED',
  message: 'Here one registers with an invitation. Ask an admin for one.',
}

/** Of an invitation that is not good it is not told why: whoever guesses learns nothing. */
export const invitationRefused: RegistrationClosedError = {
  kind: 'RegistrationClosedError',
  code: 'INVITATION_REFUSED',
  message: 'This invitation was used, has expired or was withdrawn. Ask an admin for another.',
}

/** Whether somebody without an invitation may register now. */
export async function isRegistrationOpen({ database, environment }: Services): Promise<boolean> {
  const mode = environment.REGISTRATION
  switch (mode) {
    case 'open':
      return true
    case 'first':
      return (await database.prisma.user.findFirst({ select: { id: true } })) === null
    case 'closed':
      return false
    default:
      return mode satisfies never
  }
}
