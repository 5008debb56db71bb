import type { Plugin } from 'graphql-yoga'
import type { Context } from '../../schema/context.ts'
import { minBytes, packed, takesGzip } from './gzip.ts'

/**
 * Answers over HTTP go out compressed to those who take that: of 5 000 tasks 0.3 MB instead of 2.8. No cache keeps an answer, so none has to know that it varies.
 */
export const compressedAnswers: Plugin<Context> = {
  async onResponse({ request, response, setResponse, fetchAPI }) {
    if (response.body === null || response.headers.has('content-encoding') || isStream(response)) return
    if (!takesGzip(request.headers.get('accept-encoding')) || isShort(response.headers.get('content-length'))) return
    const { status, statusText } = response
    const headers = new fetchAPI.Headers(response.headers)
    const body = new Uint8Array(await response.arrayBuffer())
    if (body.length < minBytes) return setResponse(new fetchAPI.Response(body, { status, statusText, headers }))
    const compressed = await packed(body)
    headers.set('Content-Encoding', 'gzip')
    headers.set('Content-Length', String(compressed.length))
    setResponse(new fetchAPI.Response(compressed, { status, statusText, headers }))
  },
}

/** Its end may be hours away. */
const isStream = ({ headers }: Response) => headers.get('content-type')?.startsWith('text/event-stream') === true

/** What does not tell its length is looked at. */
const isShort = (contentLength: string | null): boolean => contentLength !== null && Number(contentLength) < minBytes
