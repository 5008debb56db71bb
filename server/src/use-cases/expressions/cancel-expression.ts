import { validate as isUuid } from 'uuid'
import type { Actor } from '../../domain/actor.ts'
import { notFound, type Failure, type NotFoundError } from '../../domain/failure.ts'
import type { Announcer } from '../../realtime/announcer.ts'
import type { ExpressionView } from '../../realtime/readers/expression-reader.ts'
import { findOwner } from '../../store/expressions/find-owner.ts'
import { cancelExpression as cancelRow } from '../../store/expressions/cancel-expression.ts'
import { maySee } from './access.ts'
import { auditOfOthers } from './audit-of-others.ts'
import type { Services } from '../services.ts'

/** It has come to its end already. */
export interface ExpressionFinishedError extends Failure<'ExpressionFinishedError'> {
  readonly expression: ExpressionView
}

export const isUnfinished = ({ status }: Pick<ExpressionView, 'status'>): boolean =>
  status === 'QUEUED' || status === 'RUNNING'

export function announceCancelled(
  announcer: Announcer,
  { id, ownerId, operationCount }: Pick<ExpressionView, 'id' | 'ownerId' | 'operationCount'>,
): void {
  announcer.broadcast({ kind: 'expressionCancelled', id })
  announcer.announce({ kind: 'expression', id, ownerId })
  const tasks = Array.from({ length: operationCount }, (_, index) => index)
  announcer.announce({ kind: 'tasks', expressionId: id, tasks })
}

/** Cancels an expression and what is left of its tasks. One that was cancelled before is simply returned. */
export async function cancelExpression(
  services: Pick<Services, 'database' | 'announcer' | 'live' | 'meter'> & {
    accounts: Pick<Services['accounts'], 'audit'>
  },
  actor: Actor,
  id: string,
): Promise<ExpressionView | NotFoundError | ExpressionFinishedError> {
  const { accounts, database, announcer, live, meter } = services
  const ownerId = isUuid(id) ? await findOwner(database.pool, id) : null
  if (ownerId === null || !(await maySee(services, actor, ownerId))) return notFound('expression')
  if (await cancelRow(database.pool, id)) {
    meter.count('expressions_finished_total', 'CANCELLED')
    auditOfOthers(accounts.audit, 'EXPRESSIONS_CANCELLED', actor, [{ id, ownerId }])
  }
  const expression = await live.expressions.one(id)
  return expression === null ? notFound('expression') : tellEnd(announcer, expression)
}

/** What is answered for one that has ended. */
export function tellEnd(announcer: Announcer, expression: ExpressionView): ExpressionView | ExpressionFinishedError {
  if (expression.status === 'CANCELLED') {
    // Also where it was cancelled before: the answer to that may have been lost, and then nobody was told.
    announceCancelled(announcer, expression)
    return expression
  }
  return {
    kind: 'ExpressionFinishedError',
    code: 'EXPRESSION_FINISHED',
    message: `The expression has ${expression.status === 'SUCCEEDED' ? 'its result' : 'failed'} already; there is nothing to cancel.`,
    expression,
  }
}
