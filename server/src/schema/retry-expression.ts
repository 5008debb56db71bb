import { retryExpression, type ExpressionNotRetryableError } from '../use-cases/expressions/retry-expression.ts'
import { queryFromInfo } from '@pothos/plugin-prisma'
import type { Services } from '../use-cases/services.ts'
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
import { expressionNotFound } from './expression-not-found.ts'
import { localId } from './local-id.ts'

/** With all that is asked for of it: what is missing is read as the actor's own alone, and an admin may retry anybody's. */
async function readExpression({ database }: Services, id: string, query: object) {
  const expression = await database.prisma.expression.findUnique({ ...query, where: { id } })
  if (expression === null) throw expressionNotFound()
  return expression
}

const ExpressionNotRetryableErrorType = failureRef<ExpressionNotRetryableError>(
  'ExpressionNotRetryableError',
).implement({
  ...failureOptions,
  description:
    'WOULD_FAIL_AGAIN: it failed for what it is. NOT_FAILED: it succeeded or was cancelled. LOG_PURGED: its retention time is over.',
  fields: (t) => ({
    expression: t.prismaField({
      type: ExpressionType,
      nullable: false,
      resolve: (query, { expression }, _args, { services }) => readExpression(services, expression.id, query),
    }),
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
    authScopes: { submit: true },
    unauthorizedResolver: refuse,
    resolve: async (_root, { input }, context, info) => {
      const { actor, services } = context
      const outcome = await retryExpression(services, actor, localId(input.id, 'Expression'))
      if ('kind' in outcome) return outcome
      return readExpression(services, outcome.id, queryFromInfo({ context, info, typeName: ExpressionType.name }))
    },
  }),
)
