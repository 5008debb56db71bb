import { builtIns, isOperator, maxOperands, type BuiltIn, type OperationName } from '../domain/operation.ts'
import { kindOf, operatorOfKind, type OperationKind } from '../domain/operation-kind.ts'
import type { Operation } from '../generated/prisma/client.ts'
import { setOperationDurations } from '../use-cases/set-operation-durations.ts'
import { requesterOf } from '../use-cases/accounts/requester.ts'
import { builder } from './builder.ts'
import {
  ForbiddenErrorType,
  InvalidInputErrorType,
  refuse,
  resolveOutcome,
  UnauthenticatedErrorType,
} from './errors.ts'

export const OperationKindType = builder.enumType('OperationKind', {
  values: {
    ADD: { description: '`+`' },
    SUBTRACT: { description: '`-`' },
    MULTIPLY: { description: '`*`' },
    DIVIDE: { description: '`/`' },
    POWER: { description: '`^`' },
    FUNCTION: { description: 'Any that is written as a call, such as `gcd(12, 18)`: its name says which.' },
  } satisfies Record<OperationKind, object>,
})

/** An operator keeps the id that it had when it was known by its kind. */
const idOf = (name: OperationName): string => (isOperator(name) ? kindOf(name) : name)
const nameOfId = (id: string): OperationName => operatorOfKind(id) ?? id

/** A row of a later version may stand for what is not built in here. */
const unknown: Pick<BuiltIn, 'minOperands' | 'maxOperands' | 'description'> = {
  ...{ minOperands: 1, maxOperands, description: 'Nothing is known of it here.' },
}
const known = ({ name }: Operation) => builtIns.get(name) ?? unknown

const OperationType = builder.prismaNode('Operation', {
  id: { resolve: ({ name }) => idOf(name) },
  nullable: true,
  description: 'What can be computed: an operator or a function. Its duration is shared by all users.',
  // For an agent none at all: no operation has the empty name.
  findUnique: (id, { actor }) => ({ name: actor.kind === 'user' ? nameOfId(id) : '' }),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What stands for it in a source: `+`, `gcd`.' }),
    description: t.string({ description: 'One line: what it computes.', resolve: (row) => known(row).description }),
    minOperands: t.int({ resolve: (row) => known(row).minOperands }),
    maxOperands: t.int({
      nullable: true,
      description: `Null where it takes many: ${maxOperands} at most.`,
      resolve: (row) => (known(row).maxOperands === maxOperands ? null : known(row).maxOperands),
    }),
    kind: t.field({
      type: OperationKindType,
      deprecationReason: 'Use `name`: of functions this says only `FUNCTION`. Stays until 1.0.',
      resolve: ({ name }) => kindOf(name),
    }),
    symbol: t.string({
      deprecationReason: 'Use `name`, which is the same. Stays until 1.0.',
      resolve: ({ name }) => name,
    }),
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
    nullable: true,
    description: 'All kinds of operation with their durations.',
    authScopes: { read: true },
    resolve: (_root, _args, { services }) => services.live.operations(),
  }),
)

builder.subscriptionField('operationsChanged', (t) =>
  t.field({
    type: [OperationType],
    description: 'All kinds of operation, then those whose duration changed.',
    authScopes: { read: true },
    subscribe: (_root, _args, { services }) => services.live.watchOperations(),
    resolve: (operations: Operation[]) => operations,
  }),
)

const OperationDurationInput = builder.inputType('OperationDurationInput', {
  fields: (t) => ({
    name: t.string({
      required: false,
      description: 'Of the operation: `+`, `gcd`. This or `kind` is given, not both.',
    }),
    kind: t.field({
      type: OperationKindType,
      required: false,
      description: 'Of an operator. `FUNCTION` is refused: it does not say which.',
    }),
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
    resolve: async (_root, { input }, context) => {
      const outcome = await setOperationDurations(context.services, input.durations, requesterOf(context))
      return Array.isArray(outcome) ? { operations: outcome } : outcome
    },
  }),
)
