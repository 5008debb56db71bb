import { graphql } from '../../../graphql.ts'

const BulkFragment = graphql(`
  fragment BulkOutcome on BulkResult @_unmask {
    __typename
    ... on BulkPayload {
      done
      refused {
        id
        code
        message
      }
      endCursor
    }
    ... on RateLimitedError {
      retryAfterSeconds
    }
    ... on Error {
      message
    }
  }
`)

const CancelMutation = graphql(
  `
    mutation CancelExpressions($input: BulkInput!) {
      outcome: cancelExpressions(input: $input) {
        ...BulkOutcome
      }
    }
  `,
  [BulkFragment],
)

const DeleteMutation = graphql(
  `
    mutation DeleteExpressions($input: BulkInput!) {
      outcome: deleteExpressions(input: $input) {
        ...BulkOutcome
      }
    }
  `,
  [BulkFragment],
)

const RetryMutation = graphql(
  `
    mutation RetryExpressions($input: BulkInput!) {
      outcome: retryExpressions(input: $input) {
        ...BulkOutcome
      }
    }
  `,
  [BulkFragment],
)

export const UndeleteMutation = graphql(
  `
    mutation UndeleteExpressions($input: UndeleteExpressionsInput!) {
      outcome: undeleteExpressions(input: $input) {
        ...BulkOutcome
      }
    }
  `,
  [BulkFragment],
)

/** What can be done to many. */
export const bulkMutations = { cancel: CancelMutation, delete: DeleteMutation, retry: RetryMutation } as const

export type BulkVerb = keyof typeof bulkMutations
