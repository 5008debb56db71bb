import { graphql, type ResultOf } from '../../graphql.ts'

export const AuditQuery = graphql(`
  query Audit($first: Int, $after: String, $last: Int, $before: String, $filter: AuditFilter) {
    auditEvents(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
      edges {
        cursor
        node {
          kind
          at
          actorId
          subjectId
          address
          detail
          count
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
      }
    }
  }
`)

export const AuditNamesQuery = graphql(`
  query AuditNames($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      ... on User {
        id
        email
      }
      ... on Agent {
        id
        name
      }
    }
  }
`)

export const AuditPeopleQuery = graphql(`
  query AuditPeople {
    users(first: 100) {
      edges {
        node {
          id
          email
        }
      }
    }
  }
`)

export type AuditEvent = NonNullable<ResultOf<typeof AuditQuery>['auditEvents']>['edges'][number]['node']
