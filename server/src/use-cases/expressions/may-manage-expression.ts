import type { Actor } from '../../domain/actor.ts'
import { isAdmin } from './is-admin.ts'
import type { Services } from '../services.ts'

/** Whether the actor may retry or delete an expression of this owner: one's own, or for an admin anybody's. */
export async function mayManageExpression(services: Services, actor: Actor, ownerId: string): Promise<boolean> {
  return actor.kind === 'user' && (actor.userId === ownerId || (await isAdmin(services, actor)))
}
