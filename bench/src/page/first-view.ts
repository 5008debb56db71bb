import { gzipSync } from 'node:zlib'

export interface FirstView {
  /** Of all files together, each compressed by itself. */
  readonly gzipBytes: number
  /** As the server sends them to a browser that takes compressed ones. */
  readonly sentBytes: number
}

/** What a browser must load before it can paint anything: the document, and the scripts and styles that it names. */
export async function loadFirstView(address: string): Promise<FirstView> {
  const document = await load(address)
  const named = [...String(document.body).matchAll(/<(?:script|link)\b[^>]*>/g)].flatMap(([tag]) => fileOf(tag) ?? [])
  // One that is preloaded may be named a second time.
  const files = await Promise.all([...new Set(named)].map((file) => load(new URL(file, address).href)))
  const all = [document, ...files]
  return {
    gzipBytes: sum(all.map(({ body }) => gzipSync(body).length)),
    sentBytes: sum(all.map(({ sentBytes }) => sentBytes)),
  }
}

/** Of a script, a module that one imports, or a style sheet; not of an icon. */
const fileOf = (tag: string): string | undefined =>
  /^<script|rel="(?:modulepreload|stylesheet)"/.test(tag) ? /(?:src|href)="([^"]+)"/.exec(tag)?.[1] : undefined

async function load(address: string): Promise<{ body: Buffer; sentBytes: number }> {
  const response = await fetch(address, { headers: { accept: 'text/html, */*', 'accept-encoding': 'br, gzip' } })
  if (!response.ok) throw new Error(`${address} answers ${response.status}`)
  const body = Buffer.from(await response.arrayBuffer())
  return { body, sentBytes: Number(response.headers.get('content-length') ?? body.length) }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
