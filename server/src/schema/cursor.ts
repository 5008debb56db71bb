import { validate as isUuid } from 'uuid'
import { defaultPageSize, maxPageSize, pageOf, type PageArguments } from './page-arguments.ts'
import { codedError } from './coded-error.ts'

/** A connection's query, once its arguments are found to be in range: Pothos would take the nearest, and checks the cursor's form, not what it holds. */
export function checkedPage<Query extends { readonly cursor?: { readonly id?: unknown } }>(
  query: Query,
  page: PageArguments,
): Query {
  pageOf(page)
  const id = query.cursor?.id
  if (id === undefined || (typeof id === 'string' && isUuid(id))) return query
  throw codedError('INVALID_INPUT', 'This is no cursor of this list.')
}

/** What a connection costs: as many entries as it may have. */
export const costOfPage = ({ first, last }: Pick<PageArguments, 'first' | 'last'>) => ({
  field: 10,
  multiplier: Math.min(Math.max(first ?? last ?? defaultPageSize, 1), maxPageSize),
})
