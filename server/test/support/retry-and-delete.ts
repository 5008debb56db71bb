import type { ApiClient } from './api-client.ts'
import { expressionFields, type ShownExpression } from './expressions.ts'

/** What a mutation brought: its success, or the failure with its code. */
type Outcome<Success> = Partial<Success> & {
  readonly __typename: string
  readonly code?: string
  readonly message?: string
}

export async function retry(client: ApiClient, id: string): Promise<Outcome<ShownExpression>> {
  const { retryExpression } = await client.get<{ retryExpression: Outcome<ShownExpression> }>(
    `mutation ($id: ID!) {
      retryExpression(input: { id: $id }) {
        __typename
        ... on Expression { ${expressionFields} startedAt finishedAt }
        ... on Error { code message }
        ... on ExpressionNotRetryableError { expression { id status } }
      }
    }`,
    { id },
  )
  return retryExpression
}

export async function remove(client: ApiClient, id: string): Promise<Outcome<{ readonly deletedId: string }>> {
  const { deleteExpression } = await client.get<{ deleteExpression: Outcome<{ readonly deletedId: string }> }>(
    `mutation ($id: ID!) {
      deleteExpression(input: { id: $id }) {
        __typename
        ... on DeleteExpressionPayload { deletedId }
        ... on Error { code message }
      }
    }`,
    { id },
  )
  return deleteExpression
}
