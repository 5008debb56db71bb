import { graphql } from '../graphql.ts'
import { expressionFields } from '../watching/documents.ts'
import { sourceRefusal } from './refusal-documents.ts'

export const submitExpression = graphql(
  `
    mutation SubmitExpression($input: SubmitExpressionInput!, $digits: Int!) {
      submitExpression(input: $input) {
        __typename
        ...ExpressionFields
        ...SourceRefusal
      }
    }
  `,
  [expressionFields, sourceRefusal],
)
