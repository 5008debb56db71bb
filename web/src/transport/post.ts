import { stringifyDocument } from '@urql/core'
import type { TadaDocumentNode } from 'gql.tada'
import { endpoint, requestHeaders } from './protocol.ts'
import { timedFetch } from './timed-fetch.ts'

export type PostOutcome<Data> =
  | { readonly kind: 'answered'; readonly data: Data }
  /** No answer, or none that could be understood: the network, or a server that is down, and what that one says of it. */
  | { readonly kind: 'unreachable'; readonly reason?: PostError | undefined }

interface PostError {
  readonly message: string
  readonly extensions?: Readonly<Record<string, unknown>>
}

export type Post = typeof post

/** Sends a document past the client, its cache and its authentication: for signing in, when there is no client yet. */
export async function post<Data, Variables>(
  document: TadaDocumentNode<Data, Variables>,
  variables: Variables,
  accessToken?: string,
): Promise<PostOutcome<Data>> {
  try {
    const response = await timedFetch(endpoint, {
      method: 'POST',
      credentials: 'same-origin',
      headers: {
        ...requestHeaders,
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
      },
      body: JSON.stringify({ query: stringifyDocument(document), variables }),
    })
    const { data, errors } = (await response.json()) as { data?: Data | null; errors?: readonly PostError[] }
    return data ? { kind: 'answered', data } : { kind: 'unreachable', reason: errors?.[0] }
  } catch {
    return { kind: 'unreachable' }
  }
}
