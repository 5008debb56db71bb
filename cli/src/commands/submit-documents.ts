import { graphql } from '../graphql.ts'
import { expressionFields } from '../watching/documents.ts'

export const submitExpression = graphql(
  `
    mutation SubmitExpression($input: SubmitExpressionInput!, $digits: Int!) {
      submitExpression(input: $input) {
        __typename
        ...ExpressionFields
        ... on Error {
          code
          message
        }
        ... on ExpressionSyntaxError {
          position
          length
          suggestion
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
  `,
  [expressionFields],
)
