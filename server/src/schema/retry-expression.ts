import { retryExpression, type ExpressionNotRetryableError } from '../use-cases/retry-expression.ts'
import { builder } from './builder.ts'
import {
  failureOptions,
  failureRef,
  ForbiddenErrorType,
  NotFoundErrorType,
  refuse,
  resolveOutcome,
  UnauthenticatedErrorType,
} from './errors.ts'
import { ExpressionType } from './expression.ts'
import { localId } from './local-id.ts'

const ExpressionNotRetryableErrorType = failureRef<ExpressionNotRetryableError>(
  'ExpressionNotRetryableError',
).implement({
  ...failureOptions,
  description:
    'WOULD_FAIL_AGAIN: it failed for what it is. NOT_FAILED: it succeeded or was cancelled. LOG_PURGED: its retention time is over.',
  fields: (t) => ({
    expression: t.field({ type: ExpressionType, nullable: false, resolve: ({ expression }) => expression }),
  }),
})

const RetryExpressionInput = builder.inputType('RetryExpressionInput', {
  fields: (t) => ({ id: t.id() }),
})

const RetryExpressionResult = builder.unionType('RetryExpressionResult', {
  types: [
    ExpressionType,
    NotFoundErrorType,
    ExpressionNotRetryableErrorType,
    ForbiddenErrorType,
    UnauthenticatedErrorType,
  ],
  resolveType: resolveOutcome('Expression'),
})

builder.mutationField('retryExpression', (t) =>
  t.field({
    type: RetryExpressionResult,
    description:
      'Puts an expression that failed with ATTEMPTS_SPENT back in the queue: what was computed stays, and its tasks have all their attempts again. One that is queued or runs is simply returned. Yours, or as an admin anybody’s.',
    args: { input: t.arg({ type: RetryExpressionInput }) },
    authScopes: { user: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, { actor, services }) =>
      retryExpression(services, actor, localId(input.id, 'Expression')),
  }),
)
