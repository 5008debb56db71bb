import { describe, expect, test, vi } from 'vitest'
import { closeCodes } from '../../src/use-cases/agents/close-codes.ts'
import { TestSocket } from './test-socket.ts'
import { startTransport } from './test-transport.ts'

const subscription = 'subscription { events }'

describe('messages', () => {
  test.each([
    ['no JSON', 'nonsense', 4400],
    ['an unknown type', '{"type":"unknown"}', 4400],
    ['no text', Buffer.from([0xff, 0xfe]), 4400],
    ['no type', '{}', 4400],
    ['a list', '[]', 4400],
    ['an operation without an id', '{"type":"subscribe","payload":{"query":"{ actor }"}}', 4400],
    ['connection_ack, which servers send', '{"type":"connection_ack"}', 4400],
    ['next, which servers send', '{"id":"1","type":"next","payload":{"data":{}}}', 4400],
    ['error, which servers send', '{"id":"1","type":"error","payload":[{"message":"a"}]}', 4400],
    ['lists too deep', `{"type":"ping","payload":{"a":${'['.repeat(100)}${']'.repeat(100)}}}`, 4400],
    ['more than is read of who is not signed in', `{"type":"ping","payload":{"a":"${'x'.repeat(20_000)}"}}`, 1009],
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

  test('with an id that is too long are refused, and others go on', async () => {
    const socket = await TestSocket.connect(await startTransport())
    socket.subscribe('x'.repeat(201), '{ actor }')
    expect(await socket.receive()).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'BAD_REQUEST' } }] })
    expect((await socket.query('{ actor }')).errors).toBeUndefined()
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

describe('an event that subscribers share', () => {
  /** Gives one list to all, and tells what each was sent of it. */
  async function share(list: readonly unknown[], subscribers: readonly { id: string; user: string }[]) {
    const transport = await startTransport()
    let asked = 0
    let give = (_list: readonly unknown[]) => {}
    const given = new Promise((resolve) => (give = resolve))
    transport.stage.source.next = () => (++asked <= subscribers.length ? given : new Promise(() => {}))
    const sockets = await Promise.all(
      subscribers.map(async ({ id, user }) => {
        const socket = await TestSocket.connect(transport, { token: `user:${user}` })
        socket.subscribe(id, 'subscription { shared }')
        return socket
      }),
    )
    await vi.waitFor(() => expect(asked).toBe(subscribers.length))
    give(list)
    const messages = await Promise.all(sockets.map((socket) => socket.receive()))
    return { transport, sockets, messages }
  }

  test('is written once for who asks the same, and sent to each under their own id', async () => {
    let written = 0
    const list = [{ toJSON: () => `written ${++written}` }]
    const { messages } = await share(list, [
      { id: '1', user: 'ada' },
      { id: 'the "second"', user: 'ada' },
      { id: '1', user: 'bob' },
    ])
    const [first, second, other] = messages
    expect(first).toEqual({
      id: '1',
      type: 'next',
      payload: { data: { shared: expect.stringMatching(/^written \d$/) } },
    })
    expect(second).toEqual({ ...first, id: 'the "second"' })
    // Another question, which happens to have the same answer.
    expect(other?.payload).not.toEqual(first?.payload)
    expect(written).toBe(2)
  })

  test('has its errors masked for each', async () => {
    const { messages, transport } = await share(
      [new Error('the password is swordfish')],
      ['1', '2'].map((id) => ({ id, user: 'ada' })),
    )
    for (const [place, message] of messages.entries())
      expect(message).toMatchObject({
        id: `${place + 1}`,
        type: 'next',
        payload: {
          data: { shared: null },
          errors: [{ path: ['shared'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
        },
      })
    expect(JSON.stringify(messages)).not.toContain('swordfish')
    expect(transport.log).not.toEqual([])
  })

  test('leaves each free to end at once', async () => {
    const { transport, sockets } = await share(
      ['news'],
      ['1', '2'].map((id) => ({ id, user: 'ada' })),
    )
    sockets[0]?.send({ id: '1', type: 'complete' })
    await vi.waitFor(() => expect(transport.stage.source.ends).toEqual(['open']))
    expect(transport.stage.source.size).toBe(1)
  })
})

describe('a socket that does not sign in', () => {
  const environment = { PING_INTERVAL_MS: '50' }

  test('is closed when it has had nothing under way for too long, whatever else it sends', async () => {
    const transport = await startTransport({ environment, limits: { anonymousIdleMs: 300 } })
    const user = await TestSocket.connect(transport, { token: 'user:ada' })
    const busy = await TestSocket.connect(transport)
    const idle = await TestSocket.connect(transport)
    busy.subscribe('1', subscription)
    idle.send({ type: 'ping' })
    expect((await idle.closed).code).toBe(closeCodes.TRY_AGAIN_LATER)
    // They are as old.
    for (const socket of [user, busy]) expect(socket.socket.readyState).toBe(socket.socket.OPEN)
  })

  test('is one of few from its address; those that sign in are not counted', async () => {
    const transport = await startTransport({ limits: { anonymousSocketsPerAddress: 2 } })
    const first = await TestSocket.connect(transport)
    await TestSocket.connect(transport)
    for (const token of ['user:ada', 'user:bob']) await TestSocket.connect(transport, { token })
    const third = await TestSocket.open(transport)
    third.send({ type: 'connection_init' })
    expect((await third.closed).code).toBe(closeCodes.TRY_AGAIN_LATER)
    first.socket.close()
    await first.closed
    await vi.waitFor(() => TestSocket.connect(transport))
  })
})
