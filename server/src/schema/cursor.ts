import { GraphQLError } from 'graphql'
import { validate as isUuid } from 'uuid'

/** A connection's query with a cursor that the database can look up: Pothos checks the cursor's form, not what it holds. */
export function checkedCursor<Query extends { readonly cursor?: { readonly id?: unknown } }>(query: Query): Query {
  const id = query.cursor?.id
  if (id === undefined || (typeof id === 'string' && isUuid(id))) return query
  throw new GraphQLError('This is no cursor of this list.', { extensions: { code: 'INVALID_INPUT' } })
}
