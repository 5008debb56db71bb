import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { TestSocket } from './test-socket.ts'
import { startTransport } from './test-transport.ts'

describe('the upgrade', () => {
  const statusOf = async (url: string, headers: Record<string, string> = {}) => {
    const socket = new WebSocket(url, 'graphql-transport-ws', { headers })
    const status = await Promise.race([
      once(socket, 'open').then(() => 101),
      once(socket, 'unexpected-response').then(([, response]) => (response as { statusCode: number }).statusCode),
    ])
    socket.on('error', () => {})
    socket.terminate()
    return status
  }
  const environment = { ALLOWED_ORIGINS: 'https://a.example' }

  test.each([
    ['no origin, so no browser', undefined, 101],
    ['an allowed origin', 'https://a.example', 101],
    ['another origin', 'https://evil.example', 403],
    ['an origin without a name, such as of a sandboxed frame', 'null', 403],
    ['an allowed name on another port', 'https://a.example:8443', 403],
  ])('from %s', async (_name, origin, status) => {
    const { socketUrl } = await startTransport({ environment })
    expect(await statusOf(socketUrl, origin === undefined ? {} : { origin })).toBe(status)
  })

  test('from the same host', async () => {
    const { socketUrl, origin } = await startTransport()
    expect(await statusOf(socketUrl, { origin })).toBe(101)
    expect(await statusOf(socketUrl, { origin: 'http://127.0.0.1:1' })).toBe(403)
  })

  test('tells a page why it is refused, which its browser keeps from it', async () => {
    const { origin } = await startTransport()
    const ask = (page: string) => fetch(`${origin}/graphql/socket`, { method: 'POST', headers: { origin: page } })
    expect((await ask(origin)).status).toBe(200)
    const refusal = await ask('https://reckon.example')
    expect(refusal.status).toBe(403)
    expect(await refusal.text()).toContain('pass on the Host header')
  })

  test('on other paths is not found', async () => {
    const { socketUrl } = await startTransport()
    for (const path of ['/other', '/', '/health']) expect(await statusOf(new URL(path, socketUrl).href)).toBe(404)
    expect(await statusOf(`${socketUrl}?token=x`)).toBe(101)
  })

  test('is refused to the socket over the limit of an address, until another goes', async () => {
    const transport = await startTransport({ limits: { socketsPerAddress: 2 } })
    const first = await TestSocket.connect(transport)
    await TestSocket.connect(transport)
    expect(await statusOf(transport.socketUrl)).toBe(429)
    first.socket.close()
    await vi.waitFor(async () => expect(await statusOf(transport.socketUrl)).toBe(101))
  })

  test('counts by the address that a trusted proxy tells', async () => {
    const limits = { socketsPerAddress: 1 }
    const transport = await startTransport({ limits, environment: { TRUSTED_PROXIES: '1' } })
    const from = (address: string) => ({ headers: { 'x-forwarded-for': address } })
    await TestSocket.connect(transport, {}, from('192.0.2.1'))
    const other = await TestSocket.connect(transport, {}, from('192.0.2.1, 192.0.2.2'))
    expect((await other.query('{ address }')).data).toEqual({ address: '192.0.2.2' })
    expect(await statusOf(transport.socketUrl, from('192.0.2.1').headers)).toBe(429)
  })

  test('is refused over the limit in all', async () => {
    const transport = await startTransport({ limits: { sockets: 1 } })
    await TestSocket.connect(transport)
    expect(await statusOf(transport.socketUrl)).toBe(429)
  })

  test('without the subprotocol of graphql-ws is closed', async () => {
    const { socketUrl } = await startTransport()
    const socket = new WebSocket(socketUrl)
    expect(await once(socket, 'close')).toContain(4406)
  })

  test('that a client abandons harms nobody', async () => {
    const { port, query } = await startTransport()
    const socket = connect(port, '127.0.0.1')
    socket.write('GET /other HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    socket.resetAndDestroy()
    expect((await query('{ actor }')).errors).toBeUndefined()
  })
})
