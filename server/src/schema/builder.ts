import SchemaBuilder from '@pothos/core'
import ComplexityPlugin from '@pothos/plugin-complexity'
import PrismaPlugin from '@pothos/plugin-prisma'
import RelayPlugin, { decodeGlobalID } from '@pothos/plugin-relay'
import ScopeAuthPlugin from '@pothos/plugin-scope-auth'
import { DateTimeResolver } from 'graphql-scalars'
import { NIL } from 'uuid'
import { Prisma } from '../generated/prisma/client.ts'
import { getDatamodel, type default as PrismaTypes } from '../generated/pothos.ts'
import { scopesOf, type AuthScopes } from '../use-cases/accounts/admission.ts'
import type { Context } from './context.ts'
import OperationPlugin from './cost/operation-plugin.ts'
import { maxGlobalIdLength } from './local-id.ts'
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

interface NodeId {
  readonly typename: string
  readonly id: string
}

const nothing: NodeId = { typename: 'Expression', id: NIL }

const isNothing = ({ typename, id }: NodeId): boolean => id === nothing.id && typename === nothing.typename

/** What a global id stands for; one that is malformed, or of what is no node, stands for an expression that nobody has. */
function nodeIdOf(globalId: string): NodeId {
  if (globalId.length > maxGlobalIdLength) return nothing
  // An error has its stack collected, which takes longer than all else that is done to an id.
  if (!Buffer.from(globalId, 'base64').includes(':')) return nothing
  try {
    const decoded = decodeGlobalID(globalId)
    return isNode(decoded.typename) ? decoded : nothing
  } catch {
    return nothing
  }
}

function isNode(typename: string): boolean {
  const types = builder.configStore as unknown as TypeConfigs
  return (
    types.hasConfig(typename) && nodeLoaders.some((loader) => loader in types.getTypeConfig(typename).pothosOptions)
  )
}

/** As much of Pothos' own as is needed; all of its types together are more than the compiler follows. */
interface TypeConfigs {
  hasConfig(name: string): boolean
  getTypeConfig(name: string): { readonly pothosOptions: object }
}

const nodeLoaders = ['loadOne', 'loadMany', 'loadWithoutCache', 'loadManyWithoutCache']

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
    decodeGlobalID: nodeIdOf,
    // Connections say how many edges they have at most.
    edgesFieldOptions: { nullable: false, complexity: { field: 1, multiplier: 1 } },
    nodeFieldOptions: { nullable: false },
    // Each type decides for itself what its node shows to whom.
    nodeQueryOptions: {
      authScopes: { watch: true },
      description: 'Anything that has an id, by it. Null where there is none, or you may not see it.',
      args: { id: { description: 'Of anything.' } },
    },
    nodesQueryOptions: {
      authScopes: { watch: true },
      description:
        'Many at once, in the order of their ids: null for each of which there is none, or you may not see it.',
      complexity: ({ ids }) => ({ field: 50 * ids.length, multiplier: ids.length }),
      /** Nothing is looked up of what is malformed. */
      async resolve(_root, args, _context, _info, resolveNodes) {
        const asked = args.ids
        // What Pothos resolves are these, whatever it is called with.
        args.ids = asked.filter((id) => !isNothing(id))
        const found = (args.ids.length === 0 ? [] : await resolveNodes(args.ids)).values()
        return asked.map((id) => (isNothing(id) ? null : found.next().value))
      },
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
