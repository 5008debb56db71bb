import { BlockList, createServer, type AddressInfo, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { maxAnswerLength, send } from '../../src/webhooks/send.ts'
import { readNetworks } from '../../src/webhooks/networks.ts'
import { whenTestIsDone } from '../support/cleanup.ts'
import { startReceiver } from './receiver.ts'

const here = readNetworks(['127.0.0.0/8', '::1']) ?? new BlockList()
const post = (url: string, { allowed = here, timeoutMs = 5_000 } = {}) =>
  send({ url, headers: {}, body: '{}' }, { allowed, timeoutMs })

/** Whoever is at the other end of a socket, whatever it says. */
async function startPeer(talk: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('data', () => talk(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  whenTestIsDone(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

test('a redirect is an answer and not a way', async () => {
  const { received, ...receiver } = await startReceiver()
  const url = await startPeer((socket) =>
    socket.end(`HTTP/1.1 307 Go on\r\nLocation: ${receiver.url}\r\nContent-Length: 0\r\n\r\n`),
  )
  expect(await post(url)).toEqual({ kind: 'answered', status: 307, text: '' })
  expect(received).toEqual([])
})

test('of an answer without end the beginning is read, and the connection closed', async () => {
  let isClosed = () => {}
  const closed = new Promise<void>((resolve) => (isClosed = resolve))
  const url = await startPeer((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n')
    const more = () => {
      while (socket.writable && socket.write('x'.repeat(10_000)));
    }
    socket.on('drain', more).on('close', () => isClosed())
    more()
  })
  const answer = await post(url)
  expect(answer).toEqual({ kind: 'answered', status: 200, text: 'x'.repeat(maxAnswerLength) })
  await closed
})

test.each<[string, (socket: Socket) => void, string]>([
  ['says nothing', () => {}, 'No answer within 0.3 s.'],
  [
    'never comes to the end of its headers',
    (socket) => void socket.write('HTTP/1.1 200 OK\r\nA: '),
    'No answer within 0.3 s.',
  ],
  ['goes at once', (socket) => void socket.destroy(), 'The connection was broken off.'],
  [
    'speaks something else',
    (socket) => void socket.end('SSH-2.0\r\n'),
    'It could not be reached: HPE_INVALID_CONSTANT',
  ],
  [
    'has headers without end',
    (socket) => void socket.write(`HTTP/1.1 200 OK\r\n${'A: aaaaaaaaaaaaaaaaaaaa\r\n'.repeat(5_000)}`),
    'It could not be reached: HPE_HEADER_OVERFLOW',
  ],
  [
    'wants to speak something else',
    (socket) => void socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
    'It could not be reached: The connection was closed.',
  ],
])('a receiver that %s keeps nobody waiting', async (_what, talk, problem) => {
  expect(await post(await startPeer(talk), { timeoutMs: 300 })).toEqual({ kind: 'unanswered', problem })
})

test('a body that comes too slowly is cut off, and the status counts', async () => {
  const url = await startPeer((socket) => void socket.write('HTTP/1.1 500 No\r\nContent-Length: 100\r\n\r\nab'))
  expect(await post(url, { timeoutMs: 300 })).toEqual({ kind: 'answered', status: 500, text: 'ab' })
})

test('what is not public is refused before anything is sent, by name and by address', async () => {
  const { url, received } = await startReceiver()
  const { port } = new URL(url)
  const nothing = new BlockList()
  for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '0'])
    expect(await post(`http://${host}:${port}/`, { allowed: nothing })).toMatchObject({
      problem: expect.stringContaining('not a public one'),
    })
  expect(received).toEqual([])
  expect(await post(`http://localhost:${port}/`)).toMatchObject({ kind: 'answered', status: 204 })
})

test('http:// leads to what the operator allows alone', async () => {
  expect(await post('http://1.1.1.1/')).toMatchObject({ problem: expect.stringContaining('Use https://') })
})

test('nobody there, and no such name', async () => {
  expect(await post('http://127.0.0.1:9/')).toEqual({ kind: 'unanswered', problem: 'Nobody listens at its address.' })
  expect(await post('https://no-such-name.invalid/')).toMatchObject({ problem: expect.stringContaining('no address') })
})
