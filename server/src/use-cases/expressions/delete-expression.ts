import { validate as isUuid } from 'uuid'
import type { Actor } from '../../domain/actor.ts'
import { notFound, type NotFoundError } from '../../domain/failure.ts'
import { deleteExpression as deleteRow } from '../../store/expressions/delete-expressions.ts'
import type { Announcer } from '../../realtime/announcer.ts'
import { loadDeletedExpressions, type DeletedExpression } from '../../store/expressions/deleted-expressions.ts'
import { maySee } from './access.ts'
import { auditOfOthers } from './audit-of-others.ts'
import type { Services } from '../services.ts'

/**
 * Deletes an expression with its log and its attempts, and takes from the agents what they compute of it. One that was deleted lately
 * is answered in the same way.
 */
export async function deleteExpression(
  services: Services,
  actor: Actor,
  id: string,
): Promise<{ readonly deletedId: string } | NotFoundError> {
  const { accounts, database, announcer, live } = services
  if (!isUuid(id)) return notFound('expression')
  const target = (await live.expressions.one(id)) ?? (await loadDeletedExpressions(database.pool, [id]))[0]
  if (target === undefined || !(await maySee(services, actor, target.ownerId))) return notFound('expression')
  if (await deleteRow(database.pool, id))
    auditOfOthers(accounts.audit, 'EXPRESSIONS_DELETED', actor, [{ id, ownerId: target.ownerId }])
  // Also where it was deleted before: the answer to that may have been lost, and then nobody was told.
  announceDeleted(announcer, { id, ownerId: target.ownerId })
  return { deletedId: id }
}

export const announceDeleted = (announcer: Announcer, { id, ownerId }: DeletedExpression): void =>
  announcer.broadcast({ kind: 'expressionDeleted', id, ownerId })
