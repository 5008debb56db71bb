import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createGunzip, gzip } from 'node:zlib'
import { graphiqlExamples } from './graphiql-examples.ts'
import { socketSources } from './security-headers.ts'

interface Page {
  readonly gzipped: Buffer
  readonly etag: string
  /** Of its one script. */
  readonly scriptHash: string
}

/**
 * Serves GraphiQL from this server alone. Its page is one script of 9 MB, so it is made when first asked for, and kept compressed.
 */
export function createGraphiqlHandler(basePath: string) {
  let page: Promise<Page> | undefined

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { gzipped, etag, scriptHash } = await (page ??= buildPage(basePath))
    response.setHeader('Content-Security-Policy', policyFor(scriptHash, request))
    response.setHeader('Cache-Control', 'no-cache')
    response.setHeader('ETag', etag)
    response.setHeader('Vary', 'Accept, Accept-Encoding')
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end()
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    if (request.method === 'HEAD') return void response.end()
    if (/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) {
      response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Length': gzipped.length }).end(gzipped)
      return
    }
    // A client that goes away midway is no failure of ours.
    await pipeline(Readable.from([gzipped]), createGunzip(), response).catch(() => response.destroy())
  }
}

/**
 * A tab jumps aside as it is pressed, by 340 pixels: the animation of its dragging begins where it thinks that the tab was. The click then meets
 * another tab, and the one that was meant never opens.
 */
const steadyTabs = '.graphiql-tab { transform: none !important }'

async function buildPage(basePath: string): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const html = renderGraphiQL({
    title: 'Reckon GraphiQL',
    endpoint: `${basePath}/graphql`,
    subscriptionsProtocol: 'WS',
    credentials: 'same-origin',
    defaultTabs: [...graphiqlExamples],
    defaultEditorToolsVisibility: true,
  })
    .trimStart()
    .replace('</head>', `<style>${steadyTabs}</style></head>`)
  const script = html.slice(html.indexOf('<script>') + '<script>'.length, html.lastIndexOf('</script>'))
  return {
    gzipped: await promisify(gzip)(html),
    etag: `"${sha256(html)}"`,
    scriptHash: sha256(script),
  }
}

/** Looser than the page's where GraphiQL needs it: one inline script, known by its hash, styles, and the editor's workers. */
const policyFor = (scriptHash: string, request: IncomingMessage) =>
  [
    "default-src 'none'",
    `script-src 'sha256-${scriptHash}'`,
    'worker-src blob:',
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    'font-src data:',
    `connect-src ${socketSources(request)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64')
