import { graphql } from '../../../graphql.ts'
import { RowFragment } from './row.ts'

/** From the beginning, with `first` and `after`, or from the end, with `last` and `before`. */
export const PageQuery = graphql(
  `
    query ExpressionPage(
      $first: Int
      $after: String
      $last: Int
      $before: String
      $filter: ExpressionFilter
      $orderBy: ExpressionOrder
    ) {
      expressions(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
        edges {
          node {
            ...ExpressionRow
          }
        }
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
          endCursor
        }
        searchedTo
      }
    }
  `,
  [RowFragment],
)

export const CountQuery = graphql(`
  query ExpressionCount($filter: ExpressionFilter) {
    expressions(first: 1, filter: $filter) {
      totalCount
      isTotalCountExact
    }
  }
`)

/** Rows that were known before, or may belong to the list. */
export const RowsQuery = graphql(
  `
    query ExpressionRows($ids: [ID!]!) {
      nodes(ids: $ids) {
        ... on Expression {
          ...ExpressionRow
        }
      }
    }
  `,
  [RowFragment],
)

/** Which of them have this text in their source, for those whose beginning has it not. */
export const SourcesQuery = graphql(`
  query ExpressionSources($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Expression {
        id
        source
      }
    }
  }
`)

export const ChangesSubscription = graphql(
  `
    subscription ExpressionsChanged {
      expressionsChanged {
        ...ExpressionRow
      }
    }
  `,
  [RowFragment],
)

export const DeletionsSubscription = graphql(`
  subscription ListedExpressionsDeleted {
    expressionsDeleted
  }
`)
