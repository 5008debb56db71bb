import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

/** The built index names its files from where it stands itself, and is sent for addresses of any depth. */
const fromHere = /(?<=(?:src|href)=")\.\//g

/** Sends the page's index, with its files where BASE_PATH has them, compressed as the client takes it. Read once. */
export function createIndexPage(webRoot: string, basePath: string) {
  const text = readFileSync(join(webRoot, 'index.html'), 'utf8').replace(fromHere, `${basePath}/`)
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
