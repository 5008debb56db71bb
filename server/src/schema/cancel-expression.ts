import { cancelExpression, type ExpressionFinishedError } from '../use-cases/expressions/cancel-expression.ts'
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

const ExpressionFinishedErrorType = failureRef<ExpressionFinishedError>('ExpressionFinishedError').implement({
  ...failureOptions,
  description: 'The expression has come to its end already.',
  fields: (t) => ({
    expression: t.field({ type: ExpressionType, nullable: false, resolve: ({ expression }) => expression }),
  }),
})

const CancelExpressionInput = builder.inputType('CancelExpressionInput', {
  fields: (t) => ({ id: t.id() }),
})

const CancelExpressionResult = builder.unionType('CancelExpressionResult', {
  types: [ExpressionType, NotFoundErrorType, ExpressionFinishedErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('Expression'),
})

builder.mutationField('cancelExpression', (t) =>
  t.field({
    type: CancelExpressionResult,
    description:
      'Ends an expression and takes its tasks from the agents. One that was cancelled before is simply returned.',
    args: { input: t.arg({ type: CancelExpressionInput }) },
    authScopes: { submit: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, { actor, services }) =>
      cancelExpression(services, actor, localId(input.id, 'Expression')),
  }),
)
