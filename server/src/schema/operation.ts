import { operationKinds, operationSymbols, type OperationKind } from '../domain/operation.ts'
import type { Operation } from '../generated/prisma/client.ts'
import { setOperationDurations } from '../use-cases/set-operation-durations.ts'
import { builder } from './builder.ts'
import {
  ForbiddenErrorType,
  InvalidInputErrorType,
  refuse,
  resolveOutcome,
  UnauthenticatedErrorType,
} from './errors.ts'

export const OperationKindType = builder.enumType('OperationKind', { values: operationKinds })

const isKind = (id: string): id is OperationKind => operationKinds.some((kind) => kind === id)

const OperationType = builder.prismaNode('Operation', {
  id: { field: 'kind' },
  nullable: true,
  description: 'A kind of operation. Its duration is shared by all users.',
  // No kind of this name, and for an agent none at all: looked up by a kind and a duration that do not go together.
  findUnique: (id, { actor }) => (isKind(id) && actor.kind === 'user' ? { kind: id } : { kind: 'ADD', durationMs: -1 }),
  fields: (t) => ({
    kind: t.expose('kind', { type: OperationKindType }),
    symbol: t.string({ description: '`+ - * / ^`', resolve: ({ kind }) => operationSymbols[kind] }),
    durationMs: t.exposeInt('durationMs', {
      description: 'Whole milliseconds, 0 to 65 535. A task takes the duration that stands when it is assigned.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
    version: t.expose('version', { type: 'Version' }),
  }),
})

builder.queryField('operations', (t) =>
  t.field({
    type: [OperationType],
    description: 'All kinds of operation with their durations.',
    authScopes: { user: true },
    resolve: (_root, _args, { services }) => services.live.operations(),
  }),
)

builder.subscriptionField('operationsChanged', (t) =>
  t.field({
    type: [OperationType],
    description: 'All kinds of operation, then those whose duration changed.',
    authScopes: { user: true },
    subscribe: (_root, _args, { services }) => services.live.watchOperations(),
    resolve: (operations: Operation[]) => operations,
  }),
)

const OperationDurationInput = builder.inputType('OperationDurationInput', {
  fields: (t) => ({
    kind: t.field({ type: OperationKindType }),
    durationMs: t.int({ description: 'Whole milliseconds, 0 to 65 535.' }),
  }),
})

const SetOperationDurationsInput = builder.inputType('SetOperationDurationsInput', {
  fields: (t) => ({ durations: t.field({ type: [OperationDurationInput] }) }),
})

const SetOperationDurationsPayload = builder
  .objectRef<{ operations: Operation[] }>('SetOperationDurationsPayload')
  .implement({
    fields: (t) => ({ operations: t.field({ type: [OperationType], resolve: ({ operations }) => operations }) }),
  })

const SetOperationDurationsResult = builder.unionType('SetOperationDurationsResult', {
  types: [SetOperationDurationsPayload, InvalidInputErrorType, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('SetOperationDurationsPayload'),
})

builder.mutationField('setOperationDurations', (t) =>
  t.field({
    type: SetOperationDurationsResult,
    description:
      'Sets how long operations take, for all users, all or none. What is assigned already keeps its duration. Admin only.',
    args: { input: t.arg({ type: SetOperationDurationsInput }) },
    authScopes: { admin: true },
    unauthorizedResolver: refuse,
    resolve: async (_root, { input }, { services }) => {
      const outcome = await setOperationDurations(services, input.durations)
      return Array.isArray(outcome) ? { operations: outcome } : outcome
    },
  }),
)
