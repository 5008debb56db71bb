import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { startTransport } from './test-transport.ts'

/** A connection on which all is written at once, and what has come back so far. */
async function sendAll(port: number, text: string) {
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  const received = { text: '' }
  socket.on('data', (data: Buffer) => (received.text += data.toString()))
  socket.write(text)
  return { socket, received }
}

const request = (body: string, last = false) =>
  `POST /graphql HTTP/1.1\r\nHost: localhost\r\n${last ? 'Connection: close\r\n' : ''}Content-Type: application/json\r\n` +
  `Content-Length: ${body.length}\r\n\r\n${body}`

const ask = (name: string) => JSON.stringify({ query: `{ ${name}: __typename }` })

test('requests that do not wait for answers are answered in their order, all of them', async () => {
  const { port } = await startTransport()
  const names = Array.from({ length: 300 }, (_, place) => `n${place}`)
  const text = names.map((name, place) => request(ask(name), place === names.length - 1)).join('')
  const { socket, received } = await sendAll(port, text)
  await once(socket, 'close')
  expect([...received.text.matchAll(/"(n\d+)":"Query"/g)].map(([, name]) => name)).toEqual(names)
})

test('others are answered between them', async () => {
  const { port, origin } = await startTransport()
  const { received } = await sendAll(port, request(ask('n')).repeat(1_000))
  await fetch(`${origin}/health`)
  const answered = received.text.split('HTTP/1.1 200').length - 1
  expect(answered).toBeLessThan(1_000)
})

function withResolvers() {
  let resolve = () => {}
  const promise = new Promise<void>((done) => (resolve = done))
  return { promise, resolve }
}

/** A request that waits until the test opens the gate, and behind it one that counts. */
async function waitThenCount(last: boolean) {
  const { port, origin, stage } = await startTransport()
  const gate = withResolvers()
  stage.gate = gate.promise
  const wait = request('{"query":"{ wait }"}')
  const { socket } = await sendAll(port, wait + request('{"query":"mutation { count }"}', last))
  await expect.poll(() => stage.waiting).toBe(1)
  return { stage, socket, open: gate.resolve, others: () => fetch(`${origin}/health`) }
}

test('the next one is begun when the one before is answered', async () => {
  const { stage, socket, open, others } = await waitThenCount(true)
  await others()
  expect(stage.counted).toBe(0)
  open()
  await once(socket, 'close')
  expect(stage.counted).toBe(1)
})

test('of who leaves before the answers nothing more is begun', async () => {
  const { stage, socket, open, others } = await waitThenCount(false)
  socket.destroy()
  await once(socket, 'close')
  open()
  await expect.poll(() => stage.waiting).toBe(0)
  await others()
  expect(stage.counted).toBe(0)
})
