import { useCSRFPrevention } from '@graphql-yoga/plugin-csrf-prevention'
import type { Plugin } from 'graphql-yoga'

/**
 * Headers that make a browser ask first whether the page of another site may send them. Clients send one or another: any but the first is there
 * for no other reason.
 */
export const preflightedHeaders = [
  'authorization',
  'x-graphql-yoga-csrf',
  'graphql-require-preflight',
  'apollo-require-preflight',
  'x-apollo-operation-name',
]

/**
 * Refuses what a page of another site can make a browser send unasked. A query by GET, which changes nothing and is nobody's without
 * `Authorization`, need only not be a link, an image or a script: those cannot say that they take `application/graphql-response+json`, as
 * clients of GraphQL do, and where a page sends that without CORS the browser says so.
 */
export function csrfPrevention(): Plugin {
  const { onRequestParse } = useCSRFPrevention({ requestHeaders: preflightedHeaders })
  return { onRequestParse: (payload) => (isClientsGet(payload.request) ? undefined : onRequestParse?.(payload)) }
}

const isClientsGet = ({ method, headers }: Request) =>
  method === 'GET' &&
  /\bapplication\/graphql-response\+json\b/i.test(headers.get('accept') ?? '') &&
  !['no-cors', 'navigate'].includes(headers.get('sec-fetch-mode') ?? '')
