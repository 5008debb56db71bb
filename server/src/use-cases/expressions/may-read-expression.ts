import { validate as isUuid } from 'uuid'
import type { Actor } from '../../domain/actor.ts'
import type { Services } from '../services.ts'

/** Whether this is an expression of the actor's own. What is not, is not there for them. */
export async function mayReadExpression({ database }: Services, actor: Actor, id: string): Promise<boolean> {
  if (actor.kind !== 'user' || !isUuid(id)) return false
  const row = await database.prisma.expression.findUnique({ where: { id }, select: { ownerId: true } })
  return row?.ownerId === actor.userId
}
