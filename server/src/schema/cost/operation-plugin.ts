import SchemaBuilder, {
  BasePlugin,
  type PothosOutputFieldConfig,
  type PothosOutputFieldType,
  type SchemaTypes,
} from '@pothos/core'
import type { GraphQLFieldResolver } from 'graphql'
import type { Context } from '../context.ts'
import { whenThere } from '../memo.ts'

/** What a field says of itself in its `extensions`. */
export const marks = {
  /** A list that may have thousands of entries, and nothing tells before it is read: each entry is charged as it is there. */
  measured: { isMeasured: true },
  /** A query whose union of results has a place for being refused for the time that was had. */
  refusesItself: { refusesItself: true },
} as const

const pluginName = 'operation'

/** Keeps the account of an operation: estimates it at its root fields, charges and spreads its lists. */
class OperationPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(
    resolver: GraphQLFieldResolver<unknown, Types['Context'], object>,
    { kind, type, extensions }: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    const isRoot = kind === 'Query' || kind === 'Mutation' || kind === 'Subscription'
    const isAdmitted = kind === 'Query' && extensions?.['refusesItself'] !== true
    const isMeasured = extensions?.['isMeasured'] === true
    const isList = isListOfObjects(type) && kind !== 'Subscription'
    if (!isRoot && !isList && !isMeasured) return resolver
    return (parent, args, context, info) => {
      const { account } = context as Context
      if (isRoot) account.estimate(info)
      if (isAdmitted) account.admit()
      const result = resolver(parent, args, context, info)
      if (!isList && !isMeasured) return result
      return whenThere(result as readonly unknown[] | null, (entries) => {
        if (entries === null) return null
        if (isMeasured && kind === 'Subscription') account.chargeEvent(info)
        else if (isMeasured) account.chargeEntries(entries.length, info)
        return isList ? account.spread(entries) : entries
      })
    }
  }

  override wrapSubscribe(
    subscriber: GraphQLFieldResolver<unknown, Types['Context'], object> | undefined,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> | undefined {
    if (subscriber === undefined) return undefined
    return (parent, args, context, info) => {
      const { account } = context as Context
      account.estimate(info)
      account.admit()
      return subscriber(parent, args, context, info)
    }
  }
}

function isListOfObjects<Types extends SchemaTypes>(type: PothosOutputFieldType<Types>): boolean {
  return (
    type.kind === 'List' &&
    (type.type.kind === 'Object' || type.type.kind === 'Interface' || type.type.kind === 'Union')
  )
}

SchemaBuilder.registerPlugin(pluginName, OperationPlugin)

declare global {
  // The name under which Pothos looks for the types of plugins.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      [pluginName]: OperationPlugin<Types>
    }
  }
}

export default pluginName
