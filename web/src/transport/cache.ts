import { cacheExchange, type Cache, type KeyingConfig, type UpdatesConfig } from '@urql/exchange-graphcache'
import { relayPagination } from '@urql/exchange-graphcache/extras'
import schema from 'virtual:graphcache-schema'
import { graphql, type ExpressionStatus } from '../graphql.ts'

/** What stands in the cache by itself. All else is a part of the entity that it came with. */
function keys(): KeyingConfig {
  const parts = schema.__schema.types.filter(({ kind, fields }) => kind === 'OBJECT' && !fields?.some(isId))
  return {
    ...Object.fromEntries(parts.map(({ name }) => [name, () => null])),
    // There is one, whether it comes by the query or by the subscription.
    ClusterStats: () => 'now',
    // So that the updates below can add an edge for an expression that a subscription brings.
    ExpressionEdge: (edge) => (edge.node as { id?: string } | undefined)?.id ?? null,
  }
}

const isId = ({ name }: { name: string }) => name === 'id'

const ExpressionEdgeFragment = graphql(`
  fragment _ on ExpressionEdge {
    node {
      id
    }
  }
`)

interface ListedExpression {
  readonly __typename: 'Expression'
  readonly id: string
  readonly status: ExpressionStatus
}

interface ExpressionFilter {
  readonly statuses?: readonly ExpressionStatus[] | null
  readonly sourceContains?: string | null
}

/** Of its source the beginning is known here; what stands further on is found when the list is read anew. */
function passes(cache: Cache, expression: ListedExpression, filter: ExpressionFilter | null | undefined): boolean {
  const { statuses, sourceContains } = filter ?? {}
  if (statuses && !statuses.includes(expression.status)) return false
  if (!sourceContains) return true
  const { id, __typename } = expression
  const beginning = cache.resolve({ __typename, id }, 'sourceBeginning', { characters: 160 })
  return typeof beginning === 'string' && beginning.includes(sourceContains)
}

/** Whether an expression has its place on a page further on: ids begin with the time of submission. */
function isBeyond(
  cache: Cache,
  connection: string,
  edges: readonly string[],
  { id }: { readonly id: string },
): boolean {
  const pageInfo = cache.resolve(connection, 'pageInfo')
  if (typeof pageInfo !== 'string' || cache.resolve(pageInfo, 'hasNextPage') !== true) return false
  const oldest = cache.resolve(cache.resolve(edges.at(-1) ?? null, 'node') as string | null, 'id')
  return typeof oldest === 'string' && atob(id) < atob(oldest)
}

/** Adds it to each list of expressions whose filter it passes. The page orders and filters what it shows. */
function listExpression(cache: Cache, expression: ListedExpression): void {
  for (const { fieldName, fieldKey, arguments: args } of cache.inspectFields('Query')) {
    if (fieldName !== 'expressions' || typeof args?.after === 'string') continue
    if (!passes(cache, expression, args?.filter as ExpressionFilter | null | undefined)) continue
    const connection = cache.resolve('Query', fieldKey)
    if (typeof connection !== 'string') continue
    const edge = {
      __typename: 'ExpressionEdge' as const,
      node: { __typename: 'Expression' as const, id: expression.id },
    }
    const edgeKey = cache.keyOfEntity(edge)
    const edges = cache.resolve(connection, 'edges') as string[] | null | undefined
    if (edgeKey === null || !edges || edges.includes(edgeKey) || isBeyond(cache, connection, edges, edge.node)) continue
    cache.writeFragment(ExpressionEdgeFragment, edge)
    cache.link(connection, 'edges', [edgeKey, ...edges])
  }
}

/** Takes what was deleted out of the lists, and from its own page. Which these are is kept in `deleted`. */
function removeExpressions(cache: Cache, ids: readonly string[], deleted: Set<string>): void {
  for (const id of ids) {
    deleted.add(id)
    cache.link('Query', 'expression', { id }, null)
  }
  const gone = new Set(ids.map((id) => cache.keyOfEntity({ __typename: 'ExpressionEdge', node: { id } })))
  for (const { fieldName, fieldKey } of cache.inspectFields('Query')) {
    const connection = fieldName === 'expressions' ? cache.resolve('Query', fieldKey) : null
    if (typeof connection !== 'string') continue
    const edges = cache.resolve(connection, 'edges') as string[] | null | undefined
    if (edges?.some((edge) => gone.has(edge)))
      cache.link(
        connection,
        'edges',
        edges.filter((edge) => !gone.has(edge)),
      )
  }
}

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

/** @param deleted ids of expressions that are gone: an event that was on its way must not bring one back */
const updatesWith = (deleted: Set<string>): UpdatesConfig => ({
  Mutation: {
    submitExpression(result: { submitExpression: ListedExpression | { __typename: 'Error' } }, _args, cache) {
      if (result.submitExpression.__typename === 'Expression') listExpression(cache, result.submitExpression)
    },
    deleteExpression(result: { deleteExpression: { deletedId?: string } }, _args, cache) {
      const { deletedId } = result.deleteExpression
      if (deletedId !== undefined) removeExpressions(cache, [deletedId], deleted)
    },
    // The server no longer lists its agents.
    revokeAgentToken: (_result, _args, cache) => cache.invalidate('Query', 'agents'),
    createAgentToken(result: { createAgentToken: { agentToken?: { __typename: string; id: string } } }, _args, cache) {
      const { agentToken } = result.createAgentToken
      if (agentToken) addToList(cache, 'agentTokens', [agentToken], 'start')
    },
  },
  Subscription: {
    expressionsChanged(result: { expressionsChanged: ListedExpression[] }, _args, cache) {
      for (const expression of result.expressionsChanged)
        if (!deleted.has(expression.id)) listExpression(cache, expression)
    },
    expressionsDeleted(result: { expressionsDeleted: string[] }, _args, cache) {
      removeExpressions(cache, result.expressionsDeleted, deleted)
    },
    agentsChanged(result: { agentsChanged: { __typename: string; id: string }[] }, _args, cache) {
      addToList(cache, 'agents', result.agentsChanged, 'end')
    },
  },
})

export const normalizedCache = () =>
  cacheExchange({
    schema,
    keys: keys(),
    resolvers: { Query: { users: relayPagination(), invitations: relayPagination() } },
    updates: updatesWith(new Set()),
  })
