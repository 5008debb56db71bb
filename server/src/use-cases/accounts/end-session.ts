import { validate as isUuid } from 'uuid'
import type { Actor } from '../../domain/actor.ts'
import { notFound, type NotFoundError } from '../../domain/failure.ts'
import { endSignIn } from '../../store/accounts/end-sign-ins.ts'
import type { Services } from '../services.ts'
import { announceEnded } from './end-sign-ins.ts'
import { isAdmin } from './is-admin.ts'

/** Ends one sign-in: one's own, or for an admin anybody's. Announced also where it had ended: whoever missed it then closes its sockets now. */
export async function endSession(
  services: Services,
  actor: Actor,
  id: string,
  address: string,
): Promise<{ readonly endedId: string } | NotFoundError> {
  if (!isUuid(id) || actor.kind !== 'user') return notFound('session')
  const { prisma } = services.database
  const signIn = await prisma.signIn.findUnique({ where: { id }, select: { id: true, userId: true } })
  if (signIn === null || (signIn.userId !== actor.userId && !(await isAdmin(services, actor))))
    return notFound('session')
  await endSignIn(prisma, id)
  announceEnded(services, [signIn])
  const { userId: actorId } = actor
  services.accounts.audit.record({ kind: 'SESSION_ENDED', actorId, subjectId: signIn.userId, address })
  return { endedId: id }
}
