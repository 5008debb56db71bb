import { GraphQLError } from 'graphql'
import { validate as isUuid } from 'uuid'

/** A connection's query with a cursor that the database can look up: Pothos checks the cursor's form, not what it holds. */
export function checkedCursor<Query extends { readonly cursor?: { readonly id?: unknown } }>(query: Query): Query {
  const id = query.cursor?.id
  if (id === undefined || (typeof id === 'string' && isUuid(id))) return query
  throw new GraphQLError('This is no cursor of this list.', { extensions: { code: 'INVALID_INPUT' } })
}

interface PageArguments {
  readonly first?: number | null | undefined
  readonly last?: number | null | undefined
}

/** What a connection costs: as many entries as it may have. Without being told it has 20, and never more than 100. */
export const costOfPage = ({ first, last }: PageArguments) => ({
  field: 10,
  multiplier: Math.min(Math.max(first ?? last ?? 20, 1), 100),
})

interface PageQuery {
  readonly take: number
  readonly skip?: number
  readonly cursor?: { readonly id?: unknown }
}

/**
 * A connection's query, newest first, by the place that its cursor names. The database would look up the row that stands there, and
 * find nothing beyond one that has been deleted since.
 */
export function pageByPlace<Query extends PageQuery>(query: Query) {
  const { cursor, skip: _, ...page } = checkedCursor(query)
  if (typeof cursor?.id !== 'string') return { page, beyond: {} }
  return { page, beyond: { id: query.take < 0 ? { gt: cursor.id } : { lt: cursor.id } } }
}
