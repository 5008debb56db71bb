import type { IncomingMessage, ServerResponse } from 'node:http'
import { mayUpgrade } from '../client/origins.ts'
import { isRead } from '../http/paths.ts'

const allowedHeaders =
  'authorization, content-type, idempotency-key, last-event-id, prefer, traceparent, tracestate, baggage'
const exposedHeaders = 'Link, Location, Preference-Applied, Retry-After'

/** Lets pages of the allowed origins read the answer; the page of any other gets no header. */
export function setCorsHeaders(
  { headers: { origin } }: IncomingMessage,
  response: ServerResponse,
  allowed: ReadonlySet<string>,
) {
  response.setHeader('Vary', 'Origin')
  if (origin === undefined || !allowed.has(origin)) return
  response.setHeader('Access-Control-Allow-Origin', origin)
  response.setHeader('Access-Control-Allow-Credentials', 'true')
  response.setHeader('Access-Control-Expose-Headers', exposedHeaders)
}

/** What a browser asks before it sends what a page wants. */
export function replyPreflight(response: ServerResponse, methods: readonly string[]) {
  response.setHeader('Allow', methods.join(', '))
  if (response.hasHeader('Access-Control-Allow-Origin')) {
    response.setHeader('Access-Control-Allow-Methods', methods.join(', '))
    response.setHeader('Access-Control-Allow-Headers', allowedHeaders)
    response.setHeader('Access-Control-Max-Age', '600')
  }
  response.writeHead(204).end()
}

/** Whether the page of another site has made a browser send this: a form needs no leave to be sent, and brings cookies along. */
export const isForeign = (request: IncomingMessage, allowed: ReadonlySet<string>): boolean =>
  !isRead(request.method) && !mayUpgrade(request, allowed)
