import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { openApiOf } from '../../rest/openapi/document.ts'
import { pageOf, pageStyle } from '../../rest/openapi/page.ts'
import { restBase, routes } from '../../rest/routes.ts'

const styleHash = createHash('sha256').update(pageStyle).digest('base64')
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/** By base path, of which a process has one. */
const pages = new Map<string, string>()

/** The document as a page, for people: no script, nothing from elsewhere. */
export function replyRestPage(response: ServerResponse, basePath: string) {
  const page = pages.get(basePath) ?? makePage(`${basePath}${restBase}`)
  pages.set(basePath, page)
  response.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': Buffer.byteLength(page),
    'Content-Security-Policy': policy,
    'Cache-Control': 'no-cache',
  })
  response.end(page)
}

const makePage = (base: string): string => pageOf(openApiOf(routes, base), `${base}/openapi.json`)
