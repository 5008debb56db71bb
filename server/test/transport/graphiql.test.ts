import { buildSchema, parse, validate } from 'graphql'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { graphiqlExamples } from '../../src/transport/http/graphiql-examples.ts'
import { startTransport } from './test-transport.ts'

const accept = 'text/html,*/*;q=0.8'

test('GraphiQL is served from here alone, under a policy that allows its one script', async () => {
  const { url, origin } = await startTransport()
  const response = await fetch(url, { headers: { accept } })
  expect(response.headers.get('content-type')).toMatch(/^text\/html/)
  expect(response.headers.get('content-encoding')).toBe('gzip')
  const html = await response.text()
  const scripts = [...html.matchAll(/<script>([^]*)<\/script>/g)].map(([, script]) => script!)
  expect(scripts).toHaveLength(1)
  const policy = response.headers.get('content-security-policy')!
  expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update(scripts[0]!).digest('base64')}'`)
  expect(policy).not.toMatch(/unsafe-eval|https?:|\*/)
  expect(html).not.toMatch(/<(script|link)[^>]+(src|href)="(https?:)?\/\//)
  expect(html).toContain('"subscriptionsProtocol":"WS"')
  expect((await fetch(origin)).headers.get('content-security-policy')).toContain("script-src 'self'")
})

test('GraphiQL is sent unpacked to who asks so, and not again to who has it', async () => {
  const { url } = await startTransport()
  const plain = await fetch(url, { headers: { accept, 'accept-encoding': 'identity' } })
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect(await plain.text()).toContain('renderYogaGraphiQL')
  const headers = { accept, 'if-none-match': plain.headers.get('etag')!, 'cache-control': 'no-cache' }
  expect((await fetch(url, { headers })).status).toBe(304)
})

const contract = buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'))

test.each(graphiqlExamples.map(({ query }) => query))('the example is valid: %s', (query) => {
  expect(validate(contract, parse(query))).toEqual([])
})
