import { graphql } from '../graphql.ts'

export const retryExpression = graphql(`
  mutation RetryExpression($id: ID!) {
    retryExpression(input: { id: $id }) {
      __typename
      ... on Expression {
        id
        status
      }
      ... on Error {
        code
        message
      }
    }
  }
`)

export const deleteExpression = graphql(`
  mutation DeleteExpression($id: ID!) {
    deleteExpression(input: { id: $id }) {
      __typename
      ... on DeleteExpressionPayload {
        deletedId
      }
      ... on Error {
        code
        message
      }
    }
  }
`)
