import type { BrowserContext } from 'playwright-core'

export interface Account {
  readonly email: string
  readonly password: string
}

/** Signs in past the page, whose forms have tests of their own: leaves the refresh cookie with the browser's other cookies. */
export async function enter(context: BrowserContext, mutation: 'register' | 'login', account: Account): Promise<void> {
  const query = `mutation Enter($input: CredentialsInput!) {
    outcome: ${mutation}(input: $input) { __typename ... on Error { message } }
  }`
  const response = await context.request.post('/graphql', {
    headers: { 'graphql-require-preflight': '1' },
    data: { query, variables: { input: account } },
  })
  const answer = (await response.json()) as { data?: { outcome: { __typename: string } } }
  if (answer.data?.outcome.__typename !== 'Authentication') throw new Error(JSON.stringify(answer))
}
