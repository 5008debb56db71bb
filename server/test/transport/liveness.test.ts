import { describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { timers } from '../../src/clock.ts'
import { closeCodes } from '../../src/use-cases/agents/close-codes.ts'
import { TestSocket } from './test-socket.ts'
import { startTransport } from './test-transport.ts'

const subscription = 'subscription { events }'
const environment = { PING_INTERVAL_MS: '50' }

/** Until what is read stays the same for a good while. */
async function settled(read: () => number): Promise<number> {
  let last = -1
  let same = 0
  return vi.waitFor(
    () => {
      same = read() === last ? same + 1 : 0
      last = read()
      expect(same).toBeGreaterThan(10)
      return last
    },
    { timeout: 10_000, interval: 20 },
  )
}

describe('a socket that does not answer pings', () => {
  test('is silent, and its subscriptions know before they end', async () => {
    // Time enough for the subscription to begin, on a busy machine too.
    const transport = await startTransport({ environment: { ...environment, PING_INTERVAL_MS: '1000' } })
    const { source } = transport.stage
    const socket = await TestSocket.connect(transport, {}, { autoPong: false })
    socket.subscribe('1', subscription)
    expect((await socket.closed).code).toBe(1006)
    expect(source.ends).toEqual(['silent'])
  })

  test('but sends messages is not', async () => {
    const transport = await startTransport({ environment })
    const socket = await TestSocket.connect(transport, { token: 'user:ada' }, { autoPong: false })
    let pings = 0
    socket.socket.on('ping', () => {
      pings += 1
      socket.send({ type: 'ping' })
    })
    await vi.waitFor(() => expect(pings).toBeGreaterThan(5), { timeout: 10_000 })
    expect(socket.socket.readyState).toBe(WebSocket.OPEN)
  })

  test('does not harm those that do: control', async () => {
    const transport = await startTransport({ environment })
    const socket = await TestSocket.connect(transport)
    let pings = 0
    socket.socket.on('ping', () => (pings += 1))
    await vi.waitFor(() => expect(pings).toBeGreaterThan(5), { timeout: 10_000 })
    expect((await socket.query('{ actor }')).errors).toBeUndefined()
  })
})

test('a stall of the server is not held against its clients', async () => {
  let offset = 0
  const transport = await startTransport({ environment, clock: { now: () => Date.now() + offset, ...timers } })
  const socket = await TestSocket.connect(transport, {}, { autoPong: false })
  let pings = 0
  socket.socket.on('ping', () => {
    pings += 1
    // The next round is far later than it should be, and this client's answer is still on its way.
    if (pings <= 3) offset += 1_000
  })
  await socket.closed
  expect(pings).toBeGreaterThan(3)
})

describe('a subscriber that does not read', () => {
  const event = 'x'.repeat(64 * 1024)

  test('is not sent more than the kernel takes, and goes on where it stopped', async () => {
    const transport = await startTransport({ environment: { PING_INTERVAL_MS: '60000' } })
    const { source } = transport.stage
    const socket = await TestSocket.connect(transport)
    socket.socket.pause()
    source.next = () => new Promise((resolve) => setImmediate(resolve, event))
    socket.subscribe('1', subscription)
    const pulled = await settled(() => source.pulled)
    expect(pulled).toBeGreaterThan(0)
    // What the kernel buffers on both ends; without backpressure it would be thousands.
    expect(pulled * event.length).toBeLessThan(32 * 2 ** 20)
    socket.socket.resume()
    await vi.waitFor(() => expect(source.pulled).toBeGreaterThan(pulled + 100))
  })

  test('for too long is silent, also where it answers pings', async () => {
    const transport = await startTransport({ environment, limits: { stallMs: 200 } })
    const { source } = transport.stage
    const socket = await TestSocket.connect(transport, { token: 'user:ada' })
    socket.socket.pause()
    const noise = setInterval(() => socket.socket.pong(), 10)
    source.next = () => new Promise((resolve) => setImmediate(resolve, event))
    socket.subscribe('1', subscription)
    await vi.waitFor(() => expect(source.ends).toEqual(['silent']), 5_000)
    clearInterval(noise)
  })

  test('holds no more than the limit', async () => {
    const limits = { bufferedBytes: 2 ** 20 }
    const transport = await startTransport({ environment, limits })
    const { source } = transport.stage
    const socket = await TestSocket.connect(transport, { token: 'user:ada' })
    socket.socket.pause()
    const noise = setInterval(() => socket.socket.pong(), 10)
    source.next = () => new Promise((resolve) => setImmediate(resolve, event))
    for (let i = 0; i < 50; i++) socket.subscribe(`${i}`, subscription)
    await vi.waitFor(() => expect(source.ends).toHaveLength(50), 5_000)
    expect(new Set(source.ends)).toEqual(new Set(['silent']))
    clearInterval(noise)
  })
})

test('the close codes are not what the client of graphql-ws takes for fatal, but for that of a superseded agent', async () => {
  // As in isFatalInternalCloseCode and shouldRetryConnectOrThrow of its client.
  const fatal = new Set([4400, 4401, 4004, 4005, 4406, 4409, 4429, 4500])
  const isFatal = (code: number) =>
    fatal.has(code) || (code < 2000 && ![1000, 1001, 1005, 1006, 1012, 1013, 1014].includes(code))
  const { SUPERSEDED, ...others } = closeCodes
  expect(isFatal(SUPERSEDED)).toBe(true)
  expect(Object.values(others).filter(isFatal)).toEqual([])
})
