import { graphql, type FragmentOf } from '../graphql.ts'

const batchFields = graphql(`
  fragment BatchFields on Expression @_unmask {
    __typename
    id
    requestId
    status
    result {
      decimal(digits: $digits)
      fraction
    }
    error {
      code
      message
      span {
        position
        length
      }
    }
  }
`)

export type BatchView = FragmentOf<typeof batchFields>

export const submitExpressions = graphql(
  `
    mutation SubmitExpressions($expressions: [SubmitExpressionInput!]!, $digits: Int!) {
      submitExpressions(input: { expressions: $expressions }) {
        __typename
        ... on SubmitExpressionsPayload {
          outcomes {
            __typename
            ...BatchFields
            ... on Error {
              code
              message
            }
            ... on ExpressionSyntaxError {
              position
              length
            }
            ... on ExpressionLimitError {
              position
              length
            }
            ... on RateLimitedError {
              retryAfterSeconds
            }
          }
        }
        ... on Error {
          code
          message
        }
        ... on RateLimitedError {
          retryAfterSeconds
        }
      }
    }
  `,
  [batchFields],
)

export const batchChanged = graphql(
  `
    subscription BatchChanged($digits: Int!) {
      expressionsChanged {
        ...BatchFields
      }
    }
  `,
  [batchFields],
)

export const batchDeleted = graphql(`
  subscription BatchDeleted {
    expressionsDeleted
  }
`)

export const batchLimits = graphql(`
  query BatchLimits {
    viewer {
      email
    }
    serverInfo {
      limits {
        maxSourceLength
      }
    }
  }
`)

export const cancelBatch = graphql(`
  mutation CancelBatch($ids: [ID!]!) {
    cancelExpressions(input: { select: { ids: $ids } }) {
      __typename
      ... on Error {
        code
        message
      }
    }
  }
`)
