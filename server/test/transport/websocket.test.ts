import { createClient } from 'graphql-ws'
import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { closeCodes } from '../../src/transport/close-codes.ts'
import { TestSocket } from './test-socket.ts'
import { authenticate, startTransport } from './test-transport.ts'

const subscription = 'subscription { events }'

describe('signing in', () => {
  test.each([
    ['without parameters', undefined, { kind: 'anonymous' }],
    ['with a token', { token: 'user:ada' }, { kind: 'user', userId: 'ada' }],
    ['with a header', { Authorization: 'Bearer user:ada' }, { kind: 'user', userId: 'ada' }],
    ['with a header in lower case', { authorization: 'Bearer agent:1' }, { kind: 'agent', tokenId: '1' }],
  ])('%s', async (_name, params, actor) => {
    const socket = await TestSocket.connect(await startTransport(), params)
    const { data } = await socket.query('{ actor }')
    expect(JSON.parse(String(data?.['actor']))).toEqual(actor)
  })

  test.each([
    ['an invalid token', 'nonsense', closeCodes.FORBIDDEN],
    ['an expired token', 'expired', closeCodes.TOKEN_EXPIRED],
    ['a token that expires on the way', 'user:ada:-1', closeCodes.TOKEN_EXPIRED],
  ])('with %s closes the socket, unacknowledged', async (_name, token, code) => {
    const socket = await TestSocket.open(await startTransport())
    socket.send({ type: 'connection_init', payload: { token } })
    expect(await socket.receive()).toBeUndefined()
    expect((await socket.closed).code).toBe(code)
  })

  test('that fails for a reason of ours lets the client come back', async () => {
    const transport = await startTransport({ authenticate: () => Promise.reject(new Error('no database')) })
    const socket = await TestSocket.open(transport)
    socket.send({ type: 'connection_init', payload: { token: 'user:ada' } })
    expect((await socket.closed).code).toBe(closeCodes.TRY_AGAIN_LATER)
    expect(transport.log).toMatchObject([{ err: { message: 'no database' } }])
  })

  test('must come soon', async () => {
    const socket = await TestSocket.open(await startTransport({ limits: { connectionInitMs: 50 } }))
    expect(await socket.closed).toEqual({ code: 4408, reason: 'Connection initialisation timeout' })
  })

  test('must come before an operation', async () => {
    const socket = await TestSocket.open(await startTransport())
    socket.subscribe('1', '{ actor }')
    expect((await socket.closed).code).toBe(4401)
  })

  test('with an operation, as GraphiQL does', async () => {
    const socket = await TestSocket.connect(await startTransport())
    const headers = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } })
    const actorWith = async (token: string) => (await socket.query('{ actor }', headers(token))).data?.['actor']
    expect(await actorWith('nonsense')).toBe('{"kind":"anonymous"}')
    expect(await actorWith('user:ada')).toBe('{"kind":"user","userId":"ada"}')
    expect(await actorWith('user:ada')).toBe('{"kind":"user","userId":"ada"}')
    expect((await socket.query('{ actor }', headers('user:bob'))).errors).toMatchObject([
      { extensions: { code: 'UNAUTHENTICATED' } },
    ])
  })
})

describe('a token that ends', () => {
  test('by expiring closes its socket, so that the client can refresh and come back', async () => {
    const transport = await startTransport()
    const socket = await TestSocket.connect(transport, { token: 'user:ada:300' })
    socket.subscribe('1', subscription)
    await vi.waitFor(() => expect(transport.stage.source.size).toBe(1))
    expect(await socket.closed).toEqual({ code: closeCodes.TOKEN_EXPIRED, reason: 'Token expired' })
    expect(transport.stage.source.ends).toEqual(['closed'])
  })

  test('is no end to the client of graphql-ws', async () => {
    const transport = await startTransport()
    const tokens = ['user:ada:300', 'user:ada']
    const client = createClient({
      url: transport.socketUrl,
      webSocketImpl: WebSocket,
      connectionParams: () => ({ token: tokens.shift() }),
      retryWait: () => Promise.resolve(),
    })
    const events = client.iterate({ query: subscription })
    let send: (event: string) => void = () => {}
    transport.stage.source.next = () => new Promise((resolve) => (send = resolve))
    const first = events.next()
    await vi.waitFor(() => expect(transport.stage.source.ends).toHaveLength(1), 2_000)
    await vi.waitFor(() => expect(transport.stage.source.size).toBe(1))
    send('after the token was refreshed')
    expect(await first).toMatchObject({ value: { data: { events: 'after the token was refreshed' } } })
    await client.dispose()
  })

  test('later than a timer can wait does not close its socket at once', async () => {
    const transport = await startTransport()
    // Node says so when a timer is given more than it can wait, and fires it at once.
    const warned = vi.fn()
    process.on('warning', warned)
    const socket = await TestSocket.connect(transport, { token: `user:ada:${2 ** 32}` })
    expect((await socket.query('{ actor }')).errors).toBeUndefined()
    process.off('warning', warned)
    expect(warned).not.toHaveBeenCalled()
  })

  test('by revocation closes all its sockets and no other', async () => {
    const transport = await startTransport()
    const connect = (token: string) => TestSocket.connect(transport, { token })
    const [one, same, other, user] = [
      await connect('agent:1'),
      await connect('agent:1'),
      await connect('agent:2'),
      await connect('user:1'),
    ]
    transport.announcer.announce({ kind: 'agentTokenRevoked', id: '1' })
    expect((await one.closed).code).toBe(closeCodes.FORBIDDEN)
    expect((await same.closed).code).toBe(closeCodes.FORBIDDEN)
    for (const socket of [other, user]) expect((await socket.query('{ actor }')).errors).toBeUndefined()
  })

  test('by revocation while it is being read does not open the socket', async () => {
    let read = () => {}
    const reading = new Promise<void>((resolve) => (read = resolve))
    let proceed = () => {}
    const gate = new Promise<void>((resolve) => (proceed = resolve))
    const transport = await startTransport({
      async authenticate(services, token) {
        const outcome = await authenticate(services, token)
        read()
        await gate
        return outcome
      },
    })
    const socket = await TestSocket.open(transport)
    socket.send({ type: 'connection_init', payload: { token: 'agent:1' } })
    await reading
    transport.announcer.announce({ kind: 'agentTokenRevoked', id: '1' })
    proceed()
    expect((await socket.closed).code).toBe(closeCodes.FORBIDDEN)
  })
})

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
    socket.write('GET /other HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    socket.resetAndDestroy()
    expect((await query('{ actor }')).errors).toBeUndefined()
  })
})

describe('messages', () => {
  test.each([
    ['no JSON', 'nonsense', 4400],
    ['an unknown type', '{"type":"unknown"}', 4400],
    ['no text', Buffer.from([0xff, 0xfe]), 4400],
    ['an id that is taken', '{"id":"1","type":"subscribe","payload":{"query":"subscription { events }"}}', 4409],
    ['a second connection_init', '{"type":"connection_init"}', 4429],
  ])('that break the protocol close the socket: %s', async (_name, message, code) => {
    const transport = await startTransport()
    const socket = await TestSocket.connect(transport)
    socket.subscribe('1', subscription)
    await vi.waitFor(() => expect(transport.stage.source.size).toBe(1))
    socket.socket.send(message)
    expect((await socket.closed).code).toBe(code)
    expect(transport.log).toEqual([])
  })

  test('with a frame that breaks the protocol of sockets close the socket', async () => {
    const transport = await startTransport()
    const socket = await TestSocket.connect(transport)
    const raw = (socket.socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket
    // A frame of a client must be masked; this one is not, and has reserved bits besides.
    raw.write(Buffer.from([0xf1, 0x01, 0x41]))
    expect((await socket.closed).code).toBe(1002)
    expect((await transport.query('{ actor }')).errors).toBeUndefined()
  })

  test('of a socket that has not signed in are limited in number', async () => {
    const limits = { anonymousMessages: { perSecond: 1, burst: 10 } }
    const transport = await startTransport({ limits })
    const anonymous = await TestSocket.connect(transport)
    const user = await TestSocket.connect(transport, { token: 'user:ada' })
    for (let i = 0; i < 20; i++) for (const socket of [anonymous, user]) socket.send({ type: 'ping' })
    expect((await anonymous.closed).code).toBe(closeCodes.TRY_AGAIN_LATER)
    for (let i = 0; i < 20; i++) expect(await user.receive()).toEqual({ type: 'pong' })
  })

  test.each([
    ['in number', { operationsPerSocket: 2 }],
    ['in size', { bufferedBytes: 2 ** 20 }],
  ])('whose answers are not read are limited %s', async (_name, limits) => {
    const transport = await startTransport({ limits })
    const { source } = transport.stage
    const socket = await TestSocket.connect(transport, { token: 'user:ada' })
    socket.subscribe('1', subscription)
    await vi.waitFor(() => expect(source.size).toBe(1))
    socket.socket.pause()
    const text = 'x'.repeat(2 ** 18)
    for (let i = 0; i < 100; i++) socket.send({ type: 'ping', payload: { text } })
    await vi.waitFor(() => expect(source.ends).toEqual(['closed']), 5_000)
    socket.socket.resume()
    expect((await socket.closed).code).toBe(closeCodes.TRY_AGAIN_LATER)
  })
})

describe('operations', () => {
  test('at once are limited in number', async () => {
    const transport = await startTransport({ limits: { operationsPerSocket: 3 } })
    const socket = await TestSocket.connect(transport)
    for (const id of ['1', '2', '3', '4']) socket.subscribe(id, subscription)
    expect(await socket.receive()).toMatchObject({
      id: '4',
      type: 'error',
      payload: [{ extensions: { code: 'TOO_MANY_OPERATIONS' } }],
    })
    expect(transport.stage.source.size).toBe(3)
    socket.send({ id: '1', type: 'complete' })
    await vi.waitFor(() => expect(transport.stage.source.size).toBe(2))
  })

  test('that the client has completed count until they are over', async () => {
    const transport = await startTransport({ limits: { operationsPerSocket: 3 } })
    let open = () => {}
    transport.stage.gate = new Promise<void>((resolve) => (open = resolve))
    const socket = await TestSocket.connect(transport, { token: 'user:ada' })
    for (let i = 0; i < 3; i++) {
      socket.subscribe(`${i}`, '{ wait }')
      socket.send({ id: `${i}`, type: 'complete' })
    }
    await vi.waitFor(() => expect(transport.stage.waiting).toBe(3))
    expect((await socket.query('{ actor }')).errors).toMatchObject([{ extensions: { code: 'TOO_MANY_OPERATIONS' } }])
    open()
    await vi.waitFor(() => expect(transport.stage.waiting).toBe(0))
    expect((await socket.query('{ actor }')).errors).toBeUndefined()
  })

  test('have errors masked as over HTTP', async () => {
    const transport = await startTransport()
    const socket = await TestSocket.connect(transport)
    const { data, errors } = await socket.query('{ crash }')
    expect(data).toEqual({ crash: null })
    expect(JSON.stringify(errors)).not.toContain('swordfish')
    expect(transport.log).toMatchObject([
      { errorId: errors?.[0]?.extensions?.['id'], err: { message: 'the password is swordfish' } },
    ])
  })

  test('have the errors of a source masked', async () => {
    const transport = await startTransport()
    const socket = await TestSocket.connect(transport)
    socket.subscribe('1', 'subscription { breaks }')
    expect(await socket.receive()).toMatchObject({ type: 'next', payload: { data: { breaks: 'first' } } })
    const error = await socket.receive()
    expect(error).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] })
    expect(JSON.stringify(error)).not.toContain('swordfish')
    expect(transport.log).toHaveLength(1)
  })

  test('tell of invalid documents without the status that HTTP would have', async () => {
    const socket = await TestSocket.connect(await startTransport())
    const { errors } = await socket.query('{ unknown }')
    expect(errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }])
    expect(errors?.[0]?.extensions).not.toHaveProperty('http')
  })

  test('end with the socket, and know how', async () => {
    const transport = await startTransport()
    const { source } = transport.stage
    const socket = await TestSocket.connect(transport)
    socket.subscribe('1', subscription)
    socket.subscribe('2', subscription)
    await vi.waitFor(() => expect(source.size).toBe(2))
    socket.send({ id: '1', type: 'complete' })
    await vi.waitFor(() => expect(source.ends).toEqual(['open']))
    socket.socket.close()
    await vi.waitFor(() => expect(source.ends).toEqual(['open', 'closed']))
  })

  test('end at once where the server closes, not when the client agrees', async () => {
    const transport = await startTransport()
    const { source } = transport.stage
    const socket = await TestSocket.connect(transport)
    socket.subscribe('1', subscription)
    await vi.waitFor(() => expect(source.size).toBe(1))
    socket.socket.pause()
    source.connection.close(closeCodes.SUPERSEDED, 'Superseded')
    await vi.waitFor(() => expect(source.ends).toEqual(['closed']))
    socket.socket.resume()
    expect(await socket.closed).toEqual({ code: closeCodes.SUPERSEDED, reason: 'Superseded' })
  })
})
