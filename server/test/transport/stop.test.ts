import { Agent, get } from 'node:http'
import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test, vi } from 'vitest'
import { closeCodes } from '../../src/use-cases/agents/close-codes.ts'
import { TestSocket } from './test-socket.ts'
import { startTransport } from './test-transport.ts'

const long = 60_000

test('sockets are closed with a code to come back after', async () => {
  const transport = await startTransport()
  const socket = await TestSocket.connect(transport)
  socket.subscribe('1', 'subscription { events }')
  await vi.waitFor(() => expect(transport.stage.source.size).toBe(1))
  const stopped = transport.transport.stop(long)
  expect(await socket.closed).toEqual({ code: closeCodes.GOING_AWAY, reason: 'The server stops' })
  await stopped
  expect(transport.stage.source.ends).toEqual(['closed'])
})

test('a request in hand is answered, while nothing new is taken', async () => {
  const transport = await startTransport()
  let open = () => {}
  transport.stage.gate = new Promise<void>((resolve) => (open = resolve))
  const answer = transport.query('{ wait }')
  await vi.waitFor(() => expect(transport.stage.waiting).toBe(1))
  let isStopped = false
  const stopped = transport.transport.stop(long).then(() => (isStopped = true))
  await expect(transport.query('{ actor }')).rejects.toThrow('fetch failed')
  expect(isStopped).toBe(false)
  open()
  expect((await answer).data).toEqual({ wait: 'waited' })
  // The connection would idle for 5 s more if nobody closed it.
  const answeredAt = performance.now()
  await stopped
  expect(performance.now() - answeredAt).toBeLessThan(4_500)
})

test('/ready says so on a connection that is still open, and other connections are closed', async () => {
  const transport = await startTransport()
  let open = () => {}
  transport.stage.gate = new Promise<void>((resolve) => (open = resolve))
  const busy = transport.query('{ wait }')
  // One request is sent halfway, so that its connection is not idle when the server stops.
  const socket = connect(transport.port, '127.0.0.1')
  socket.write('GET /ready HTTP/1.1\r\nHost: localhost\r\n')
  const agent = new Agent({ keepAlive: true })
  const [idle] = await once(get(`${transport.origin}/health`, { agent }), 'response')
  idle.resume()
  await vi.waitFor(() => expect(transport.stage.waiting).toBe(1))
  const stopped = transport.transport.stop(long)
  socket.write('\r\n')
  const [data] = (await once(socket, 'data')) as [Buffer]
  expect(String(data)).toMatch(/^HTTP\/1\.1 503 /)
  expect(String(data)).toContain('{"status":"unavailable","reasons":["the server is stopping"]}')
  open()
  await busy
  await stopped
  agent.destroy()
})

test('what does not end is ended when the time is over', async () => {
  const transport = await startTransport()
  transport.stage.gate = new Promise(() => {})
  const answer = transport.query('{ wait }')
  answer.catch(() => {})
  const socket = await TestSocket.connect(transport)
  socket.socket.pause()
  await vi.waitFor(() => expect(transport.stage.waiting).toBe(1))
  await transport.transport.stop(100)
  await expect(answer).rejects.toThrow()
})

test('stopping twice is stopping once', async () => {
  const { transport } = await startTransport()
  await Promise.all([transport.stop(long), transport.stop(long)])
})

test('a port in use and a host that is not ours are told', async () => {
  const { port, transport } = await startTransport()
  expect(transport.address?.port).toBe(port)
  const other = (await startTransport()).transport
  await other.stop(0)
  expect(await other.listen(port, '127.0.0.1')).toEqual({ kind: 'port-in-use', port })
  expect(await other.listen(0, '192.0.2.1')).toEqual({ kind: 'host-unavailable', host: '192.0.2.1' })
})
