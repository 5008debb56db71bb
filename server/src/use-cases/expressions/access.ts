import { validate as isUuid } from 'uuid'
import type { Actor } from '../../domain/actor.ts'
import { findOwner } from '../../store/expressions/find-owner.ts'
import { isAdmin } from '../accounts/is-admin.ts'
import type { Services } from '../services.ts'

/** Whether the actor sees expressions of this owner: their own, and nobody else's, whoever they are. What one does not see is not there. */
export function maySee(actor: Actor, ownerId: string): boolean {
  return actor.kind === 'user' && actor.userId === ownerId
}

/** The same of an expression by its id; false where there is none. */
export async function maySeeExpression(
  { database }: Pick<Services, 'database'>,
  actor: Actor,
  id: string,
): Promise<boolean> {
  if (actor.kind !== 'user' || !isUuid(id)) return false
  const ownerId = await findOwner(database.pool, id)
  return ownerId !== null && maySee(actor, ownerId)
}

/**
 * Whether the actor may cancel, retry or delete an expression of this owner: their own, or for an admin anybody's, since it takes the
 * time of everybody's agents.
 */
export async function mayManage(services: Pick<Services, 'database'>, actor: Actor, ownerId: string): Promise<boolean> {
  return maySee(actor, ownerId) || isAdmin(services, actor)
}
