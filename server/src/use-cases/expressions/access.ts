import { validate as isUuid } from 'uuid'
import type { Actor } from '../../domain/actor.ts'
import { findOwner } from '../../store/expressions/find-owner.ts'
import { isAdmin } from '../accounts/is-admin.ts'
import type { Services } from '../services.ts'

/** Whether the actor is the owner: what only they are told, without being asked. */
export const isOwner = (actor: Actor, ownerId: string): boolean => actor.kind === 'user' && actor.userId === ownerId

/** Whether the actor has a link to this expression: then they see it, and that is all. */
export const isGuestOf = (actor: Actor, id: string): boolean => actor.kind === 'guest' && actor.expressionId === id

/**
 * Whether the actor may see, cancel, retry and delete expressions of this owner: their own, or for an admin anybody's. The one rule, on every path;
 * what one may not see is not there. See docs/decisions/0040.
 */
export async function maySee(services: Pick<Services, 'database'>, actor: Actor, ownerId: string): Promise<boolean> {
  return isOwner(actor, ownerId) || isAdmin(services, actor)
}

/** The same of many owners: whether the actor is an admin is looked up once. */
export function whomMaySee(
  services: Pick<Services, 'database'>,
  actor: Actor,
): (ownerId: string) => boolean | Promise<boolean> {
  let admin: Promise<boolean> | undefined
  return (ownerId) => isOwner(actor, ownerId) || (admin ??= isAdmin(services, actor))
}

/** The same of an expression by its id, which a guest sees by its link to it; false where there is none. */
export async function maySeeExpression(
  services: Pick<Services, 'database'>,
  actor: Actor,
  id: string,
): Promise<boolean> {
  if ((actor.kind !== 'user' && actor.kind !== 'guest') || !isUuid(id)) return false
  const ownerId = await findOwner(services.database.pool, id)
  return ownerId !== null && (isGuestOf(actor, id) || (await maySee(services, actor, ownerId)))
}
