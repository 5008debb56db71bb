import type { ApiClient } from './api-client.ts'

export interface Bulk {
  readonly __typename: string
  readonly code?: string
  readonly done: readonly string[]
  readonly refused: readonly { readonly id: string; readonly code: string; readonly message: string }[]
  readonly endCursor: string | null
  readonly remainingCount: number
  readonly isRemainingCountExact: boolean
}

export const bulkFields = `
  __typename
  ... on BulkPayload { done refused { id code message } endCursor remainingCount isRemainingCountExact }
  ... on Error { code message }`

type Mutation = 'cancelExpressions' | 'deleteExpressions' | 'retryExpressions'

/** Does something to many expressions. */
export async function changeMany(
  client: ApiClient,
  mutation: Mutation,
  select: { readonly ids: readonly string[] } | { readonly filter: object },
  after: string | null = null,
): Promise<Bulk> {
  const document = `mutation ($input: BulkInput!) { outcome: ${mutation}(input: $input) { ${bulkFields} } }`
  return (await client.get<{ outcome: Bulk }>(document, { input: { select, after } })).outcome
}

export async function undelete(client: ApiClient, ids: readonly string[]): Promise<Bulk> {
  const document = `mutation ($ids: [ID!]!) { outcome: undeleteExpressions(input: { ids: $ids }) { ${bulkFields} } }`
  return (await client.get<{ outcome: Bulk }>(document, { ids })).outcome
}
