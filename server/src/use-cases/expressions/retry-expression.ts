import { validate as isUuid } from 'uuid'
import type { Actor } from '../../domain/actor.ts'
import { notFound, type Failure, type NotFoundError } from '../../domain/failure.ts'
import type { Announcer } from '../../realtime/announcer.ts'
import type { ExpressionView } from '../../realtime/readers/expression-reader.ts'
import type { StoredFailure } from '../../store/expressions/fail-expression.ts'
import { retryExpression as retryRow } from '../../store/expressions/retry-expression.ts'
import { maySee } from './access.ts'
import type { Services } from '../services.ts'

/** To compute it again is no use, or no longer possible: the message tells what to do instead. */
export interface ExpressionNotRetryableError extends Failure<'ExpressionNotRetryableError'> {
  readonly code: 'WOULD_FAIL_AGAIN' | 'NOT_FAILED' | 'LOG_PURGED'
  readonly expression: ExpressionView
}

/**
 * Gives the tasks of an expression whose attempts were spent as many attempts again. What is in its log stays computed. One that is
 * queued or runs already is simply returned.
 */
export async function retryExpression(
  services: Services,
  actor: Actor,
  id: string,
): Promise<ExpressionView | NotFoundError | ExpressionNotRetryableError> {
  const { database, announcer, live } = services
  const known = isUuid(id) ? await live.expressions.one(id) : null
  if (known === null || !(await maySee(services, actor, known.ownerId))) return notFound('expression')
  const retried = await retryRow(database.pool, id)
  const expression = await live.expressions.one(id)
  if (expression === null) return notFound('expression')
  if (!retried) return tellStanding(announcer, expression)
  announceQueued(announcer, expression)
  return expression
}

function announceQueued(announcer: Announcer, { id, ownerId, retryEpoch: epoch }: ExpressionView): void {
  announcer.broadcast({ kind: 'expressionRetried', id, ownerId, epoch })
}

/** What is answered for one that was not retried, as it cannot be, or waits or runs already. */
export function tellStanding(
  announcer: Announcer,
  expression: ExpressionView,
): ExpressionView | ExpressionNotRetryableError {
  const { status } = expression
  switch (status) {
    case 'QUEUED':
      // It may have been retried before: the answer to that may have been lost, and then nobody was told.
      announceQueued(announcer, expression)
      return expression
    case 'RUNNING':
      return expression
    case 'SUCCEEDED':
      return refusal(expression, 'NOT_FAILED', 'The expression has its result; there is nothing to retry.')
    case 'CANCELLED':
      return refusal(expression, 'NOT_FAILED', `The expression was cancelled and has not failed. ${submitAnew}`)
    case 'FAILED':
      return refuseFailed(expression)
    default:
      return status satisfies never
  }
}

const submitAnew = 'Submit it again, with a new requestId.'

/** Whether another attempt is of any use, and possible. */
export const isRetryable = ({ status, failure, purgedAt }: ExpressionView): boolean =>
  status === 'FAILED' && purgedAt === null && (failure as unknown as StoredFailure).code === 'ATTEMPTS_SPENT'

function refuseFailed(expression: ExpressionView): ExpressionNotRetryableError {
  const { code, message } = expression.failure as unknown as StoredFailure
  return code === 'ATTEMPTS_SPENT'
    ? refusal(expression, 'LOG_PURGED', `What was computed of the expression is no longer kept. ${submitAnew}`)
    : refusal(
        expression,
        'WOULD_FAIL_AGAIN',
        `It would fail again in the same way: ${message} Submit another expression.`,
      )
}

const refusal = (
  expression: ExpressionView,
  code: ExpressionNotRetryableError['code'],
  message: string,
): ExpressionNotRetryableError => ({ kind: 'ExpressionNotRetryableError', code, message, expression })
