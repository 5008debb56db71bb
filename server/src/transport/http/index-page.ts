import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

/** The built index names its files from where it stands itself, and is sent for addresses of any depth. */
const fromHere = /(?<=(?:src|href)=")\.\//g

/** The picture of the card that shows a link to the page, for programs that know no address but whole ones. */
const ofCard = /<meta property="og:image" content="\.?\//

/** Where the page is to be found. */
export interface PagePlace {
  readonly basePath: string
  readonly publicOrigin: string | undefined
}

/** Reads the page's index once: as it stands at the page's own address, and as it stands at all others. */
export function createIndexPage(webRoot: string, { basePath, publicOrigin }: PagePlace) {
  const text = readFileSync(join(webRoot, 'index.html'), 'utf8').replace(fromHere, `${basePath}/`)
  if (publicOrigin === undefined) {
    const send = createSender(text)
    return { home: send, elsewhere: send }
  }
  const home = `${publicOrigin}${basePath}/`
  const image = `<meta property="og:image" content="${home}`
  // It tells that a link leads here whatever it is itself, which of a link to an expression is not so.
  const url = `<meta property="og:url" content="${home}" />`
  return {
    home: createSender(text.replace(ofCard, `${url}\n    ${image}`)),
    elsewhere: createSender(text.replace(ofCard, image)),
  }
}

/** Sends a page, compressed as the client takes it. */
function createSender(text: string) {
  const bodies = { br: brotliCompressSync(text), gzip: gzipSync(text), identity: Buffer.from(text) }
  const etag = `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`

  return ({ method, headers }: IncomingMessage, response: ServerResponse) => {
    response.setHeader('ETag', etag)
    if (headers['if-none-match'] === etag) return void response.writeHead(304).end()
    const accepted = String(headers['accept-encoding'] ?? '')
    const encoding = (['br', 'gzip'] as const).find((name) => new RegExp(`\\b${name}\\b`).test(accepted))
    const body = bodies[encoding ?? 'identity']
    if (encoding !== undefined) response.setHeader('Content-Encoding', encoding)
    response.writeHead(200, { 'Content-Type': 'text/html;charset=utf-8', 'Content-Length': body.length })
    response.end(method === 'HEAD' ? undefined : body)
  }
}
