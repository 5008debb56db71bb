import { hasScope, type Actor } from '../../domain/actor.ts'
import type { Services } from '../services.ts'

/** Whether this is an admin now, and came with no token that opens less: the role is read from the database, so that a change of it holds at once. */
export async function isAdmin({ database }: Pick<Services, 'database'>, actor: Actor): Promise<boolean> {
  if (actor.kind !== 'user' || !hasScope(actor, 'ADMIN')) return false
  const user = await database.prisma.user.findUnique({
    where: { id: actor.userId, disabledAt: null },
    select: { role: true },
  })
  return user?.role === 'ADMIN'
}
