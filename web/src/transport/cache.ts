import { cacheExchange, type Cache, type KeyingConfig, type UpdatesConfig } from '@urql/exchange-graphcache'
import { relayPagination } from '@urql/exchange-graphcache/extras'
import schema from 'virtual:graphcache-schema'

/** What stands in the cache by itself. All else is a part of the entity that it came with. */
function keys(): KeyingConfig {
  const parts = schema.__schema.types.filter(({ kind, fields }) => kind === 'OBJECT' && !fields?.some(isId))
  return {
    ...Object.fromEntries(parts.map(({ name }) => [name, () => null])),
    // There is one, whether it comes by the query or by the subscription.
    ClusterStats: () => 'now',
  }
}

const isId = ({ name }: { name: string }) => name === 'id'

/** Adds to a list of the root those that are new to it. */
function addToList(
  cache: Cache,
  field: string,
  entities: readonly { __typename: string; id: string }[],
  at: 'start' | 'end',
) {
  const listed = cache.resolve('Query', field) as string[] | null | undefined
  if (!listed) return
  const keys = entities.map((entity) => cache.keyOfEntity(entity)).filter((key) => key !== null)
  const added = keys.filter((key) => !listed.includes(key))
  if (added.length > 0) cache.link('Query', field, at === 'end' ? [...listed, ...added] : [...added, ...listed])
}

/** Takes what was deleted from its own page. Lists of expressions are not kept here: see features/expressions/rows. */
function forgetExpressions(cache: Cache, ids: readonly string[]): void {
  for (const id of ids) cache.link('Query', 'expression', { id }, null)
}

const updates: UpdatesConfig = {
  Mutation: {
    deleteExpression(result: { deleteExpression: { deletedId?: string } }, _args, cache) {
      const { deletedId } = result.deleteExpression
      if (deletedId !== undefined) forgetExpressions(cache, [deletedId])
    },
    // The server no longer lists its agents.
    revokeAgentToken: (_result, _args, cache) => cache.invalidate('Query', 'agents'),
    createAgentToken(result: { createAgentToken: { agentToken?: { __typename: string; id: string } } }, _args, cache) {
      const { agentToken } = result.createAgentToken
      if (agentToken) addToList(cache, 'agentTokens', [agentToken], 'start')
    },
  },
  Subscription: {
    expressionsDeleted(result: { expressionsDeleted: string[] }, _args, cache) {
      forgetExpressions(cache, result.expressionsDeleted)
    },
    agentsChanged(result: { agentsChanged: { __typename: string; id: string }[] }, _args, cache) {
      addToList(cache, 'agents', result.agentsChanged, 'end')
    },
  },
}

export const normalizedCache = () =>
  cacheExchange({
    schema,
    keys: keys(),
    resolvers: { Query: { users: relayPagination(), invitations: relayPagination() } },
    updates,
  })
