import {
  submitExpression,
  type RequestIdConflictError,
  type SubmitExpressionOutcome,
} from '../use-cases/expressions/submit-expression.ts'
import { submitExpressions } from '../use-cases/expressions/submit-expressions.ts'
import { unauthenticated } from '../domain/failure.ts'
import { builder } from './builder.ts'
import {
  failureOptions,
  failureRef,
  ForbiddenErrorType,
  InvalidInputErrorType,
  RateLimitedErrorType,
  refuse,
  resolveOutcome,
  UnauthenticatedErrorType,
} from './errors.ts'
import { ExpressionType } from './expression.ts'
import { ExpressionLimitErrorType, ExpressionSyntaxErrorType } from './plan.ts'

const RequestIdConflictErrorType = failureRef<RequestIdConflictError>('RequestIdConflictError').implement({
  ...failureOptions,
  description: 'The requestId was used before, with another source or another `regroup`.',
  fields: (t) => ({
    expression: t.field({
      type: ExpressionType,
      nullable: false,
      description: 'What was submitted under it.',
      resolve: ({ expression }) => expression,
    }),
  }),
})

const SubmitExpressionInput = builder.inputType('SubmitExpressionInput', {
  fields: (t) => ({
    source: t.string({ description: 'Such as `(1+2)*(3-4)/5`.' }),
    requestId: t.string({
      description:
        'Chosen by the client, 1 to 100 characters, unique for the user: sent again with the same source it gives the same expression.',
    }),
    regroup: t.boolean({
      defaultValue: true,
      description:
        'Whether sums and products may be regrouped to shorten the critical path. No result ever changes by it.',
    }),
  }),
})

const withDefaults = (input: typeof SubmitExpressionInput.$inferInput) => ({ ...input, regroup: input.regroup ?? true })

const SubmitExpressionResult = builder.unionType('SubmitExpressionResult', {
  types: [
    ExpressionType,
    ExpressionSyntaxErrorType,
    ExpressionLimitErrorType,
    RequestIdConflictErrorType,
    InvalidInputErrorType,
    RateLimitedErrorType,
    ForbiddenErrorType,
    UnauthenticatedErrorType,
  ],
  resolveType: resolveOutcome('Expression'),
})

builder.mutationField('submitExpression', (t) =>
  t.field({
    type: SubmitExpressionResult,
    description:
      'Takes an expression in, once for each requestId. It starts at once if there are slots, else it waits its turn. What its numbers make ' +
      'certain to fail, such as 1/0, (2*3)/0 or 2^0.5, is taken in as FAILED, with its error, and no operation of it is assigned.',
    args: { input: t.arg({ type: SubmitExpressionInput }) },
    authScopes: { submit: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, { actor, services }) =>
      actor.kind === 'user' ? submitExpression(services, actor.userId, withDefaults(input)) : unauthenticated,
  }),
)

const SubmitExpressionsInput = builder.inputType('SubmitExpressionsInput', {
  fields: (t) => ({
    expressions: t.field({
      type: [SubmitExpressionInput],
      description: 'At most 100, with sources of at most 100 000 characters together.',
    }),
  }),
})

const SubmitExpressionsPayload = builder
  .objectRef<{ readonly outcomes: readonly SubmitExpressionOutcome[] }>('SubmitExpressionsPayload')
  .implement({
    fields: (t) => ({
      outcomes: t.field({
        type: [SubmitExpressionResult],
        description: 'One an expression, in the order of the input.',
        resolve: ({ outcomes }) => [...outcomes],
      }),
    }),
  })

const SubmitExpressionsResult = builder.unionType('SubmitExpressionsResult', {
  types: [
    SubmitExpressionsPayload,
    InvalidInputErrorType,
    RateLimitedErrorType,
    ForbiddenErrorType,
    UnauthenticatedErrorType,
  ],
  resolveType: resolveOutcome('SubmitExpressionsPayload'),
})

builder.mutationField('submitExpressions', (t) =>
  t.field({
    type: SubmitExpressionsResult,
    description:
      'Takes many expressions in at once, each as `submitExpression` would: one that is refused does not keep the others back. Without an answer send all again: each is taken in once for its requestId.',
    args: { input: t.arg({ type: SubmitExpressionsInput }) },
    authScopes: { submit: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, { actor, services }) =>
      actor.kind === 'user'
        ? submitExpressions(services, actor.userId, input.expressions.map(withDefaults))
        : unauthenticated,
  }),
)
