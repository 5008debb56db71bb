import { Client as UrqlClient, fetchExchange } from '@urql/core'
import { once } from 'node:events'
import { createConnection } from 'node:net'
import { expect, test, vi } from 'vitest'
import { startTransport, type TestTransport } from './test-transport.ts'

const accept = 'text/event-stream'
const signedIn = { accept, authorization: 'Bearer user:ada' }

async function subscribe({ url }: TestTransport, query: string, headers: Record<string, string> = signedIn) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  })
  return { status: response.status, headers: response.headers, text: response.text() }
}

/** Events in a row, then none. */
function play({ stage }: TestTransport, ...events: unknown[]) {
  stage.source.next = () => (events.length > 0 ? Promise.resolve(events.shift()) : new Promise(() => {}))
}

test('a subscription comes as events, with errors masked, and completes', async () => {
  const transport = await startTransport()
  const { status, headers, text } = await subscribe(transport, 'subscription { breaks }')
  expect([status, headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
  const events = (await text).split('\n\n')
  expect(events.slice(0, 2)).toEqual([':', 'event: next\ndata: {"data":{"breaks":"first"}}'])
  expect(await text).not.toContain('swordfish')
  const query = await subscribe(transport, '{ actor }')
  expect(await query.text).toMatch(/^:\n\nevent: next\ndata: \{"data":.*\n\nevent: complete\ndata:\n\n$/)
})

test('without the type it is refused as ever; so are those who are not signed in, and agents', async () => {
  const transport = await startTransport()
  const plain = await subscribe(transport, 'subscription { events }', { authorization: 'Bearer user:ada' })
  expect([plain.status, await plain.text]).toEqual([400, expect.stringContaining('SUBSCRIPTION_OVER_HTTP')])
  const anonymous = await subscribe(transport, 'subscription { events }', { accept })
  expect([anonymous.status, await anonymous.text]).toEqual([401, expect.stringContaining('UNAUTHENTICATED')])
  const agent = await subscribe(transport, 'subscription { events }', { accept, authorization: 'Bearer agent:1' })
  expect([agent.status, await agent.text]).toEqual([403, expect.stringContaining('FORBIDDEN')])
  const invalid = await subscribe(transport, 'subscription { nothing }')
  expect(await invalid.text).toContain('Cannot query field')
  expect(transport.stage.source.size).toBe(0)
})

test('streams count among the sockets of a network, until their clients go', async () => {
  const transport = await startTransport({ limits: { socketsPerAddress: 1 } })
  const gone = new AbortController()
  const headers = { 'content-type': 'application/json', ...signedIn }
  const body = JSON.stringify({ query: 'subscription { events }' })
  const first = await fetch(transport.url, { method: 'POST', headers, body, signal: gone.signal })
  first.text().catch(() => {})
  const second = await subscribe(transport, 'subscription { events }')
  expect([second.status, await second.text]).toEqual([429, expect.stringContaining('"retryAfterSeconds":5')])
  gone.abort()
  await vi.waitFor(() => expect(transport.stage.source.ends).toEqual(['closed']))
  play(transport, 'seen')
  const third = await subscribe(transport, 'subscription { events }')
  expect(third.status).toBe(200)
  await transport.transport.stop(0)
  await expect(third.text).rejects.toThrow('terminated')
})

test('a token that expires, and a sign-in that ends, end their stream with an error', async () => {
  const expiresAt = (token: string) => (token === 'short' ? new Date(Date.now() + 300) : null)
  const transport = await startTransport({
    authenticate: (_services, token) =>
      Promise.resolve({
        kind: 'accepted',
        actor: { kind: 'user', userId: 'ada', signInId: token },
        expiresAt: expiresAt(token),
      }),
  })
  const end = /event: next\ndata: .*UNAUTHENTICATED.*\n\nevent: complete\ndata:\n\n$/
  const expiring = await subscribe(transport, 'subscription { events }', { accept, authorization: 'Bearer short' })
  expect(await expiring.text).toMatch(end)
  const ending = await subscribe(transport, 'subscription { events }', { accept, authorization: 'Bearer long' })
  expect(transport.stage.source.size).toBe(1)
  transport.announcer.relay({ kind: 'signInsEnded', ids: ['long'] })
  expect(await ending.text).toMatch(end)
  expect(transport.stage.source.ends).toEqual(['closed', 'closed'])
})

test('urql subscribes by fetch, and has its queries answered as ever', async () => {
  const transport = await startTransport()
  play(transport, 'seen')
  const client = new UrqlClient({
    url: transport.url,
    exchanges: [fetchExchange],
    fetchSubscriptions: true,
    fetchOptions: { headers: { authorization: 'Bearer user:ada' } },
  })
  const data = await new Promise((resolve) => {
    const { unsubscribe } = client.subscription('subscription { events }', {}).subscribe((result) => {
      resolve(result.data)
      // Not within the call, which has yet to hand out the way to end.
      queueMicrotask(() => unsubscribe())
    })
  })
  expect(data).toEqual({ events: 'seen' })
  await vi.waitFor(() => expect(transport.stage.source.ends).toEqual(['closed']))
  expect((await client.query('{ cookie }', {}).toPromise()).data).toEqual({ cookie: 'none' })
})

test('a client that does not read is given up, and nothing more is taken for it', async () => {
  const transport = await startTransport({ limits: { stallMs: 500 }, environment: { PING_INTERVAL_MS: '100' } })
  transport.stage.source.next = () => Promise.resolve('x'.repeat(100_000))
  const socket = createConnection(transport.port, '127.0.0.1').pause()
  const body = JSON.stringify({ query: 'subscription { events }' })
  socket.write(
    `POST /graphql HTTP/1.1\r\nHost: localhost\r\nAccept: ${accept}\r\nAuthorization: Bearer user:ada\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  )
  await vi.waitFor(() => expect(transport.stage.source.size).toBe(1))
  await vi.waitFor(() => expect(transport.stage.source.ends).toEqual(['silent']), 10_000)
  const { pulled } = transport.stage.source
  expect(pulled).toBeLessThan(200)
  socket.resume()
  await once(socket, 'close')
  expect(transport.stage.source.pulled).toBeLessThanOrEqual(pulled + 1)
})

test('who asks while the server stops is not kept, and is cut off', async () => {
  const transport = await startTransport()
  const socket = createConnection(transport.port, '127.0.0.1')
  const body = JSON.stringify({ query: 'subscription { events }' })
  const lines = [`Accept: ${accept}`, 'Authorization: Bearer user:ada', 'Content-Type: application/json']
  const head = `POST /graphql HTTP/1.1\r\nHost: localhost\r\n${lines.join('\r\n')}\r\nContent-Length: ${body.length}\r\n`
  socket.write(head)
  // Its connection is not idle then.
  expect((await fetch(`${transport.origin}/health`)).status).toBe(200)
  const stopped = transport.transport.stop(60_000)
  socket.write(`\r\n${body}`)
  socket.resume()
  await once(socket, 'close')
  await stopped
  expect(transport.stage.source.size).toBe(0)
})
