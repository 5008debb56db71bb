import SchemaBuilder from '@pothos/core'
import ComplexityPlugin from '@pothos/plugin-complexity'
import PrismaPlugin from '@pothos/plugin-prisma'
import RelayPlugin from '@pothos/plugin-relay'
import ScopeAuthPlugin from '@pothos/plugin-scope-auth'
import { DateTimeResolver } from 'graphql-scalars'
import { Prisma } from '../generated/prisma/client.ts'
import { getDatamodel, type default as PrismaTypes } from '../generated/pothos.ts'
import { scopesOf, type AuthScopes } from '../use-cases/accounts/admission.ts'
import type { Context } from './context.ts'
import OperationPlugin from './cost/operation-plugin.ts'
import { refusalOf } from './refusal.ts'

interface SchemaTypes {
  Context: Context
  PrismaTypes: PrismaTypes
  Scalars: {
    ID: { Input: string; Output: string }
    DateTime: { Input: Date; Output: Date }
    Version: { Input: number; Output: number }
  }
  AuthScopes: AuthScopes
  DefaultFieldNullability: false
  DefaultEdgesNullability: false
  DefaultInputFieldRequiredness: true
}

/**
 * Every field of Query, Mutation and Subscription names its scope, so that an agent's token opens nothing but an agent's work, and a personal token what is within its scopes;
 * a test goes through them all.
 */
export const builder = new SchemaBuilder<SchemaTypes>({
  defaultFieldNullability: false,
  defaultInputFieldRequiredness: true,
  plugins: [ScopeAuthPlugin, OperationPlugin, ComplexityPlugin, RelayPlugin, PrismaPlugin],
  // Fields say here what they cost; an account counts it, also while the operation runs: see operation-account.ts.
  complexity: { disabled: true, defaultComplexity: 1, defaultListMultiplier: 10 },
  prisma: {
    client: (context) => context.services.database.prisma,
    dmmf: getDatamodel(),
    exposeDescriptions: false,
    onUnusedQuery: null,
  },
  relay: {
    cursorType: 'String',
    // Connections say how many edges they have at most.
    edgesFieldOptions: { nullable: false, complexity: { field: 1, multiplier: 1 } },
    nodeFieldOptions: { nullable: false },
    // Each type decides for itself what its node shows to whom.
    nodeQueryOptions: { authScopes: { public: true } },
    nodesQueryOptions: {
      authScopes: { public: true },
      complexity: ({ ids }) => ({ field: 50 * ids.length, multiplier: ids.length }),
    },
  },
  scopeAuth: {
    authorizeOnSubscribe: true,
    authScopes: ({ actor, services }) => scopesOf(services, actor),
    unauthorizedError: (_parent, { actor }, _info, { failure }) => refusalOf(actor, failure),
  },
})

builder.addScalarType('DateTime', DateTimeResolver)
builder.scalarType('Version', {
  description:
    'A whole number below 2^53 that rises with every change of its entity: of two payloads keep the one with the higher version.',
  serialize: (value) => value,
})

export { Prisma }
