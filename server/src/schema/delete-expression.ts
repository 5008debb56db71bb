import { encodeGlobalID } from '@pothos/plugin-relay'
import { deleteExpression } from '../use-cases/expressions/delete-expression.ts'
import { builder } from './builder.ts'
import { ForbiddenErrorType, NotFoundErrorType, refuse, resolveOutcome, UnauthenticatedErrorType } from './errors.ts'
import { ExpressionType } from './expression.ts'
import { localId } from './local-id.ts'

const DeleteExpressionInput = builder.inputType('DeleteExpressionInput', {
  fields: (t) => ({ id: t.id() }),
})

const DeleteExpressionPayload = builder.objectRef<{ readonly deletedId: string }>('DeleteExpressionPayload').implement({
  fields: (t) => ({
    deletedId: t.id({ resolve: ({ deletedId }) => encodeGlobalID(ExpressionType.name, deletedId) }),
  }),
})

const DeleteExpressionResult = builder.unionType('DeleteExpressionResult', {
  types: [DeleteExpressionPayload, NotFoundErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('DeleteExpressionPayload'),
})

builder.mutationField('deleteExpression', (t) =>
  t.field({
    type: DeleteExpressionResult,
    description:
      'Deletes an expression with all that was computed of it; one that is unfinished is taken from the agents. Its requestId is free again. Yours, or as an admin anybody’s.',
    args: { input: t.arg({ type: DeleteExpressionInput }) },
    authScopes: { submit: true },
    unauthorizedResolver: refuse,
    resolve: (_root, { input }, { actor, services }) =>
      deleteExpression(services, actor, localId(input.id, 'Expression')),
  }),
)
