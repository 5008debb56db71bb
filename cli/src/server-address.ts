/** A server as people write it, and where it answers. */
export interface ServerAddress {
  /** Without `/graphql`: https://reckon.example */
  readonly shown: string
  readonly http: string
  readonly socket: string
}

export const defaultServer = 'http://localhost:4000'

const protocols: Readonly<Record<string, string>> = {
  'http:': 'http:',
  'https:': 'https:',
  'ws:': 'http:',
  'wss:': 'https:',
}

/** What an address means: `reckon.example`, `https://reckon.example/below`, and what agents are given, `wss://reckon.example/graphql`. */
export function serverAddress(text: string): ServerAddress | null {
  const written = text.includes('://') ? text : `http://${text}`
  const url = URL.canParse(written) ? new URL(written) : undefined
  const protocol = url && protocols[url.protocol]
  if (!url || !protocol || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return null
  const base = `${protocol}//${url.host}${url.pathname.replace(/\/(graphql\/?)?$/, '')}`
  const http = `${base}/graphql`
  return { shown: base, http, socket: http.replace(/^http/, 'ws') }
}
