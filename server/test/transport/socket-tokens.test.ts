import { createClient } from 'graphql-ws'
import { describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { closeCodes } from '../../src/use-cases/agents/close-codes.ts'
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
    transport.announcer.broadcast({ kind: 'agentTokenRevoked', id: '1' })
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
      async authenticate(services, token, address) {
        const outcome = await authenticate(services, token, address)
        read()
        await gate
        return outcome
      },
    })
    const socket = await TestSocket.open(transport)
    socket.send({ type: 'connection_init', payload: { token: 'agent:1' } })
    await reading
    transport.announcer.broadcast({ kind: 'agentTokenRevoked', id: '1' })
    proceed()
    expect((await socket.closed).code).toBe(closeCodes.FORBIDDEN)
  })
})
