import { validate as isUuid } from 'uuid'
import type { Actor } from '../../domain/actor.ts'
import { notFound, type Failure } from '../../domain/failure.ts'
import { loadDeletedExpressions } from '../../store/expressions/deleted-expressions.ts'
import type { Announcer } from '../../realtime/announcer.ts'
import {
  undeleteExpression as undeleteRow,
  type UndeletedExpression,
} from '../../store/expressions/undelete-expressions.ts'
import type { Services } from '../services.ts'
import { maySee, maySeeExpression } from './access.ts'

/** Another expression has its requestId by now. */
export const requestIdTaken: Failure = {
  kind: 'RequestIdTakenError',
  code: 'REQUEST_ID_TAKEN',
  message: 'Another expression was submitted under its requestId since. Delete that one first.',
}

export function announceUndeleted(
  announcer: Announcer,
  { id, ownerId, epoch, isUnfinished }: UndeletedExpression,
): void {
  // Whoever has not heard of the deletion may be computing it in the epoch of then; who has it in a later one has taken it since.
  if (isUnfinished) announcer.broadcast({ kind: 'expressionRetried', id, ownerId, epoch })
  else announcer.announce({ kind: 'expression', id, ownerId })
}

/** Brings back an expression that was deleted within the last hour. One that is there is left as it is. Null where it is there now. */
export async function undeleteExpression(services: Services, actor: Actor, id: string): Promise<Failure | null> {
  const { announcer, database } = services
  if (!isUuid(id)) return notFound('expression')
  const [deleted] = await loadDeletedExpressions(database.pool, [id])
  if (deleted === undefined) return (await maySeeExpression(services, actor, id)) ? null : notFound('expression')
  if (!(await maySee(services, actor, deleted.ownerId))) return notFound('expression')
  const outcome = await undeleteRow(database.pool, id)
  switch (outcome.kind) {
    case 'undeleted':
      announceUndeleted(announcer, outcome)
      return null
    case 'requestIdTaken':
      return requestIdTaken
    case 'gone':
      return (await maySeeExpression(services, actor, id)) ? null : notFound('expression')
    default:
      return outcome satisfies never
  }
}
