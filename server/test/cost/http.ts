import type { Person } from '../support/people.ts'
import type { TestApp } from '../support/test-app.ts'

export interface HttpAnswer {
  readonly status: number
  readonly headers: Headers
  /** Of the body. */
  readonly bytes: number
  readonly data?: Record<string, never> | null
  readonly errors?: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[]
  readonly extensions?: { readonly cost: { readonly actual: number; readonly limit: number } }
}

/** Asks over HTTP, as a program would. */
export async function ask(
  { url }: Pick<TestApp, 'url'>,
  { token }: Pick<Person, 'token'>,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<HttpAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  })
  const text = await response.text()
  return { ...(JSON.parse(text) as object), status: response.status, headers: response.headers, bytes: text.length }
}
