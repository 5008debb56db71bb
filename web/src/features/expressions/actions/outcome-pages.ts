import type { Client, OperationResultSource, OperationResult } from '@urql/core'
import { graphql, type ResultOf } from '../../../graphql.ts'
import type { FilterVariable } from '../filter/list-filter.ts'
import type { ListOrder } from '../filter/list-order.ts'
import { chunked } from './bulk.ts'
import { OutcomeFragment, type Outcome } from './outcomes.ts'

/** Of sources and numbers of 10 000 characters a page is some megabytes. */
const pageSize = 50

const OutcomesQuery = graphql(
  `
    query ExpressionOutcomes($ids: [ID!]!) {
      nodes(ids: $ids) {
        ... on Expression {
          ...ExpressionOutcome
        }
      }
    }
  `,
  [OutcomeFragment],
)

const OutcomePageQuery = graphql(
  `
    query ExpressionOutcomePage($first: Int!, $after: String, $filter: ExpressionFilter, $orderBy: ExpressionOrder!) {
      expressions(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
        edges {
          node {
            ...ExpressionOutcome
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [OutcomeFragment],
)

const IdPageQuery = graphql(`
  query ExpressionIds($after: String, $filter: ExpressionFilter, $orderBy: ExpressionOrder!) {
    expressions(first: 100, after: $after, filter: $filter, orderBy: $orderBy) {
      edges {
        node {
          id
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

/** The server did not give a page; what came before it is good. */
export class PageRefused extends Error {
  override readonly name = 'PageRefused'
}

export interface Scope {
  readonly client: Client
  readonly filter: FilterVariable | null
  readonly order: ListOrder
}

type OutcomePage = NonNullable<ResultOf<typeof OutcomePageQuery>['expressions']>
type IdPage = NonNullable<ResultOf<typeof IdPageQuery>['expressions']>
type OrderedBy = { field: ListOrder['field']; direction: ListOrder['direction'] }

/** Of these, those that are still there. */
export async function* outcomesOf({ client }: Scope, ids: Iterable<string>): AsyncGenerator<readonly Outcome[]> {
  for await (const chunk of chunked(ids, pageSize)) {
    const { data, error } = await client.query(OutcomesQuery, { ids: chunk }).toPromise()
    if (!data) throw new PageRefused(error?.graphQLErrors[0]?.message)
    yield data.nodes.filter((node) => node !== null && 'source' in node)
  }
}

/** Of all that the filter leaves, in the order of the list, a page at a time. */
export async function* allOutcomes(
  { client, filter, order }: Scope,
  except: ReadonlySet<string>,
): AsyncGenerator<readonly Outcome[]> {
  const orderBy: OrderedBy = { field: order.field, direction: order.direction }
  let after: string | null = null
  do {
    const { edges, pageInfo }: OutcomePage = await pageOf(
      client.query(OutcomePageQuery, { first: pageSize, after, filter, orderBy }),
    )
    yield edges.map(({ node }) => node).filter(({ id }) => !except.has(id))
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null
  } while (after !== null)
}

/** The ids of all that the filter leaves but some. */
export async function* allIds({ client, filter, order }: Scope, except: ReadonlySet<string>): AsyncGenerator<string> {
  const orderBy: OrderedBy = { field: order.field, direction: order.direction }
  let after: string | null = null
  do {
    const { edges, pageInfo }: IdPage = await pageOf(client.query(IdPageQuery, { after, filter, orderBy }))
    for (const { node } of edges) if (!except.has(node.id)) yield node.id
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null
  } while (after !== null)
}

async function pageOf<Page>(
  asked: OperationResultSource<OperationResult<{ expressions: Page | null }>>,
): Promise<Page> {
  const { data, error } = await asked.toPromise()
  if (!data?.expressions) throw new PageRefused(error?.graphQLErrors[0]?.message)
  return data.expressions
}
