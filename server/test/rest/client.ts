import type { OpenApi } from '../../src/rest/openapi/document.ts'
import type { World } from '../support/world.ts'
import { problemWith } from './document-check.ts'

/** What a request was answered with. */
export interface RestAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Of JSON. */
  readonly body: Record<string, unknown>
}

interface RestRequest {
  readonly method?: string
  readonly token?: string | null
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly text?: string
}

/** By the address of the server: each answers with its own. */
const documents = new Map<string, Promise<OpenApi>>()

/** Asks REST as a program does. What it is answered has to be what the server's document says. */
export function restClient({ url }: Pick<World['app'], 'url'>, ownToken: string | null) {
  const base = new URL('/api/v1', url).href
  const open = (path: string, request: RestRequest = {}, signal?: AbortSignal) => {
    const { token = ownToken, json, text } = request
    const method = request.method ?? (json === undefined && text === undefined ? 'GET' : 'POST')
    return fetch(path.startsWith('/api/') ? new URL(path, url) : base + path, {
      method,
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...(text !== undefined && { 'content-type': 'text/plain' }),
        ...request.headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(text !== undefined && { body: text }),
      ...(signal && { signal }),
    })
  }
  const document = () => {
    const known =
      documents.get(base) ?? fetch(`${base}/openapi.json`).then((answer) => answer.json() as Promise<OpenApi>)
    documents.set(base, known)
    return known
  }
  const ask = async (path: string, request: RestRequest = {}): Promise<RestAnswer> => {
    const response = await open(path, request)
    const answer = await response.text()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    const body = isJson && answer !== '' ? (JSON.parse(answer) as Record<string, unknown>) : {}
    const { pathname } = new URL(response.url)
    const method = request.method ?? (request.json === undefined && request.text === undefined ? 'GET' : 'POST')
    const type = response.headers.get('content-type') ?? ''
    if (method !== 'HEAD' && method !== 'OPTIONS') {
      const problem = problemWith(await document(), {
        method,
        path: pathname,
        status: response.status,
        type,
        text: answer,
      })
      if (problem !== null) throw new Error(problem)
    }
    return { status: response.status, headers: response.headers, text: answer, body }
  }
  return { base, open, ask, document }
}
