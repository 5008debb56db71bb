import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readEnvironment } from '../../src/env.ts'
import { startTransport } from './test-transport.ts'

let webRoot: string
const compressible = '<!doctype html><meta property="og:image" content="./card.png" /><title>Reckon</title>'.padEnd(
  1_000,
)

beforeAll(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'reckon-web-'))
  await mkdir(join(webRoot, 'assets'))
  await writeFile(join(webRoot, 'assets', 'index-abc123.js'), 'export {}')
  for (const file of ['index.html', 'assets/large-abc123.js']) {
    await writeFile(join(webRoot, file), compressible)
    await writeFile(join(webRoot, `${file}.br`), brotliCompressSync(compressible))
    await writeFile(join(webRoot, `${file}.gz`), gzipSync(compressible))
  }
  await writeFile(join(webRoot, 'favicon.svg'), '<svg/>')
})

afterAll(() => rm(webRoot, { recursive: true }))

const page = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

describe('the page', () => {
  test.each(['/', '/index.html', '/expressions/abc', '/login?next=/a.b'])('is at %s', async (path) => {
    const { origin } = await startTransport({ webRoot })
    const response = await fetch(origin + path, { headers: page })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(/^text\/html/)
    expect(response.headers.get('cache-control')).toBe('no-cache')
    expect(await response.text()).toContain('<title>Reckon')
  })

  test.each([
    ['a missing asset', '/assets/index-old.js', '*/*'],
    ['a missing asset that a person opens', '/assets/index-old.js', page.accept],
    ['a program that asks for a page', '/expressions/abc', 'application/json'],
    ['a way out of the folder', '/..%2f..%2fetc%2fpasswd', page.accept.replace('text/html', 'x')],
  ])('is not the answer to %s', async (_name, path, accept) => {
    const { origin } = await startTransport({ webRoot })
    const response = await fetch(origin + path, { headers: { accept } })
    expect(response.status).toBe(404)
    expect(await response.text()).not.toContain('Reckon')
  })

  test.each([
    { place: {}, home: [], image: '"./card.png"' },
    {
      place: { PUBLIC_ORIGIN: 'https://reckon.example/' },
      home: ['"https://reckon.example/"'],
      image: '"https://reckon.example/card.png"',
    },
    {
      place: { PUBLIC_ORIGIN: 'http://[::1]:4000', BASE_PATH: '/reckon' },
      home: ['"http://[::1]:4000/reckon/"'],
      image: '"http://[::1]:4000/reckon/card.png"',
    },
  ])('is drawn as a card with what is found: $image', async ({ place, home, image }) => {
    const { origin } = await startTransport({ webRoot, environment: place })
    const card = async (path: string) => {
      const text = await (await fetch(origin + path, { headers: page })).text()
      const of = (property: string) => [...text.matchAll(new RegExp(`${property}" content=("[^"]*")`, 'g'))]
      return { url: of('og:url').map(([, url]) => url), image: of('og:image').map(([, url]) => url) }
    }
    expect(await card('/')).toEqual({ url: home, image: [image] })
    // A link to an expression is itself, and not one to the page.
    expect(await card('/expressions/abc')).toEqual({ url: [], image: [image] })
  })

  test.each(['reckon.example', 'https://reckon.example/reckon', 'https://me@reckon.example', 'https://a"b'])(
    'is not told to be at %s',
    (origin) => {
      const problems = [expect.stringMatching(/^PUBLIC_ORIGIN: must look like/)]
      expect(readEnvironment({ PUBLIC_ORIGIN: origin })).toEqual({ kind: 'invalid', problems })
    },
  )

  test('has assets that are kept for good, and files that are not', async () => {
    const { origin } = await startTransport({ webRoot })
    const asset = await fetch(`${origin}/assets/index-abc123.js`)
    expect(asset.headers.get('content-type')).toMatch(/javascript/)
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect((await fetch(`${origin}/favicon.svg`)).headers.get('cache-control')).toBe('no-cache')
  })

  test('may lose files that it has had, as while it is built anew', async () => {
    const { origin } = await startTransport({ webRoot })
    const asset = join(webRoot, 'assets', 'gone-abc123.js')
    const ask = () => fetch(`${origin}/assets/gone-abc123.js`)
    await writeFile(asset, 'export {}')
    expect((await ask()).status).toBe(200)
    await rm(asset)
    await expect(ask()).rejects.toThrow()
    expect((await ask()).status).toBe(404)
  })

  describe.each([
    { path: '/expressions/abc', type: /^text\/html/, caching: 'no-cache' },
    { path: '/assets/large-abc123.js', type: /javascript/, caching: 'public, max-age=31536000, immutable' },
  ])('at $path', ({ path, type, caching }) => {
    test.each([
      ['a browser', 'gzip, deflate, br, zstd', 'br'],
      ['a client that knows no brotli', 'gzip, deflate', 'gzip'],
      ['a client that wants it plain', 'identity', null],
    ])('is sent to %s as it takes it', async (_name, accepted, encoding) => {
      const { origin } = await startTransport({ webRoot })
      const response = await fetch(origin + path, { headers: { ...page, 'accept-encoding': accepted } })
      const { headers } = response
      expect(headers.get('content-encoding')).toBe(encoding)
      expect(headers.get('content-type')).toMatch(type)
      expect([headers.get('cache-control'), headers.get('vary')]).toEqual([caching, 'Accept-Encoding'])
      expect(Number(headers.get('content-length')) < compressible.length).toBe(encoding !== null)
      // fetch has decompressed it.
      expect(await response.text()).toBe(compressible)
    })
  })

  test('is not sent again where it has not changed', async () => {
    const { origin } = await startTransport({ webRoot })
    const etag = (await fetch(origin, { headers: page })).headers.get('etag')!
    // fetch follows a cache mode of its own unless told otherwise.
    const again = await fetch(origin, { headers: { ...page, 'if-none-match': etag, 'cache-control': 'no-cache' } })
    expect(again.status).toBe(304)
    expect([again.headers.get('cache-control'), again.headers.get('vary')]).toEqual(['no-cache', 'Accept-Encoding'])
  })

  test('answers HEAD without a body, and no other method', async () => {
    const { origin } = await startTransport({ webRoot })
    const head = await fetch(origin, { method: 'HEAD', headers: page })
    expect([head.status, await head.text()]).toEqual([200, ''])
    const post = await fetch(origin, { method: 'POST', headers: page })
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  })

  test('tells where it is not built, and is there once it is', async () => {
    const later = await mkdtemp(join(tmpdir(), 'reckon-web-'))
    const { origin } = await startTransport({ webRoot: later })
    const response = await fetch(origin, { headers: page })
    expect(response.status).toBe(503)
    expect(await response.text()).toContain('npm run build')
    await writeFile(join(later, 'index.html'), 'built')
    expect(await (await fetch(origin, { headers: page })).text()).toBe('built')
    await rm(later, { recursive: true })
  })
})

test('every answer carries the strict policy', async () => {
  const { origin } = await startTransport({ webRoot })
  const { host } = new URL(origin)
  for (const path of ['/', '/assets/index-abc123.js', '/assets/none.js', '/health', '/ready', '/graphql']) {
    const { headers } = await fetch(origin + path)
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'self';script-src 'self';style-src 'self';img-src 'self' data:;" +
        `connect-src 'self' ws://${host} wss://${host};` +
        "object-src 'none';base-uri 'none';frame-ancestors 'none';form-action 'self'",
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-powered-by')).toBeNull()
  }
})
