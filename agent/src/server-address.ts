import * as z from 'zod'

const protocols: Readonly<Record<string, string>> = { 'ws:': 'ws:', 'wss:': 'wss:', 'http:': 'ws:', 'https:': 'wss:' }

/** The WebSocket address that an address of a server means: `https://reckon.example` is `wss://reckon.example/graphql`. */
export function serverAddress(text: string, context: z.RefinementCtx): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const protocol = url && protocols[url.protocol]
  if (!url || !protocol || url.hash !== '' || url.username !== '' || url.password !== '') {
    context.addIssue('must be an address such as wss://reckon.example/graphql')
    return z.NEVER
  }
  const path = url.pathname === '/' ? '/graphql' : url.pathname
  return `${protocol}//${url.host}${path}${url.search}`
}
