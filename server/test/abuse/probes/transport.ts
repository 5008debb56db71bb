import { codesOf } from '../harness/http.ts'
import type { RawSocket } from '../harness/socket.ts'
import type { Probe } from '../probe.ts'
import { codesOfAll, ended, submitted, longSum } from './documents.ts'

/** No answer to what was sent in a form that no page and no program of ours uses. */
const notDone = { without: ['OK', 'NO ANSWER', 'INTERNAL_SERVER_ERROR', 'HTTP 500'] } as const

const forms: Probe = {
  name: 'mutations by address, by form and as files',
  kind: 'transport',
  expected: { answers: notDone },
  async drive(stage) {
    const { send } = { send: stage.stranger().send.bind(stage.stranger()) }
    const mutation = 'mutation { logout { loggedOut } }'
    const boundary = 'x'
    const multipart = `--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n${JSON.stringify({ query: mutation })}\r\n--x\r\nContent-Disposition: form-data; name="map"\r\n\r\n{}\r\n--x--\r\n`
    const asked = [
      send({ method: 'GET', path: `/graphql?query=${encodeURIComponent(mutation)}` }),
      send({
        method: 'GET',
        path: `/graphql?query=${encodeURIComponent(mutation)}`,
        headers: { 'x-graphql-yoga-csrf': '1' },
      }),
      send({
        body: `query=${encodeURIComponent(mutation)}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
      send({ body: multipart, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } }),
      send({ body: JSON.stringify({ query: mutation }), headers: { 'content-type': 'text/plain' } }),
      send({ body: multipart.repeat(5_000), headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } }),
      send({ method: 'PUT', body: JSON.stringify({ query: mutation }) }),
      send({ method: 'DELETE', body: JSON.stringify({ query: mutation }) }),
    ]
    return { answers: await codesOfAll(asked.map(async (reply) => codesOf(await reply))) }
  },
}

const backwards: Probe = {
  name: 'messages that only a server sends, and no messages at all',
  kind: 'transport',
  expected: { codes: { within: ['4400', '1007', '1009', '1003'] }, lines: { atMost: 40 } },
  bounds: { logKiB: 16 },
  async drive(stage) {
    const codes = new Set<string>()
    const texts = [
      '{"type":"next","id":"1","payload":{"data":{}}}',
      '{"type":"error","id":"1","payload":[]}',
      '{"type":"connection_ack"}',
      '{"type":"data"}',
      '{"type":"__proto__"}',
      '{"id":"1","type":"subscribe","payload":{"query":1}}',
      '[]',
      'null',
      '',
      '{',
      'x'.repeat(900_000),
      '['.repeat(400_000),
      '{"type":"subscribe","id":"","payload":{"query":"{ viewer { id } }"}}',
    ]
    const before = stage.server.logBytes
    for (const text of [...texts, Buffer.from([0xff, 0xfe, 0]), 'x'.repeat(2 ** 21)]) {
      const socket = await stage.socket(stage.stranger())
      if (socket === null) continue
      socket.send(text)
      const code = await Promise.race([socket.end(), new Promise<number>((resolve) => setTimeout(resolve, 5_000, 0))])
      codes.add(String(code))
      socket.cut()
    }
    return { codes: [...codes], lines: Math.round((stage.server.logBytes - before) / 150) }
  },
}

const anonymousSockets: Probe = {
  name: 'a thousand anonymous sockets from one address',
  kind: 'transport',
  expected: { open: { atMost: 400 } },
  bounds: { processorMs: 8_000 },
  onlyWhole: true,
  async drive(stage) {
    const stranger = stage.stranger()
    const sockets = await Promise.all(Array.from({ length: 1_000 }, () => stage.socket(stranger)))
    return { open: sockets.filter((socket) => socket?.isOpen).length }
  },
}

const floods: Probe = {
  name: 'subscriptions opened and closed as fast as it goes',
  kind: 'transport',
  expected: { left: { is: true } },
  bounds: { processorMs: 15_000 },
  async drive(stage) {
    const user = await stage.user()
    const id = await submitted(user, longSum(stage.scaled(500, 4_998)))
    await ended(stage, user, id)
    let socket: RawSocket | null = null
    for (let round = 0; round < stage.scaled(100, 1_000); round++) {
      if (socket?.isOpen !== true) socket = await stage.socket(user)
      const watch = {
        query:
          'subscription ($id: ID!) { tasksChanged(expressionId: $id) { id status operands { value { fraction } } } }',
        variables: { id },
      }
      const name = socket?.subscribe(watch)
      socket?.say({ id: name, type: 'complete' })
    }
    // Whoever floods may be shown the door; who comes after must be let in.
    const next = await stage.socket(await stage.user())
    return { left: next?.isOpen === true }
  },
}

const messages: Probe = {
  name: 'messages of an anonymous socket as fast as it goes',
  kind: 'transport',
  expected: { codes: { within: ['1013', '4400', '4429'] } },
  async drive(stage) {
    const codes = new Set<string>()
    for (let place = 0; place < stage.scaled(2, 10); place++) {
      const socket = await stage.socket(stage.stranger())
      if (socket === null) continue
      for (let count = 0; count < 2_000; count++) socket.say({ type: 'ping' })
      for (let count = 0; count < 2_000; count++)
        socket.say({ type: 'subscribe', id: String(count), payload: { query: '{ __typename }' } })
      codes.add(String(await socket.end()))
    }
    return { codes: [...codes] }
  },
}

const deafReader: Probe = {
  name: 'a subscriber who does not read, of an expression of 5 000 operations',
  kind: 'transport',
  expected: { status: { within: ['SUCCEEDED'] } },
  bounds: { processorMs: 20_000, memoryMiB: 400 },
  async drive(stage) {
    const user = await stage.user()
    const id = await submitted(user, longSum(stage.scaled(1_500, 4_998)))
    for (let place = 0; place < stage.scaled(2, 10); place++) {
      const socket = await stage.socket(user)
      for (let count = 0; count < stage.scaled(5, 50); count++)
        socket?.subscribe({
          query: `subscription ($id: ID!) { tasksChanged(expressionId: $id) { a${count}: id status operator operands { value { decimal(digits: 1000) fraction } } } }`,
          variables: { id },
        })
      socket?.stopReading()
    }
    return { status: [await ended(stage, user, id)] }
  },
}

const origins: Probe = {
  name: 'sockets that pages of others open',
  kind: 'transport',
  expected: { opened: { atMost: 0 } },
  async drive(stage) {
    const opened = []
    for (const origin of [
      'http://evil.example',
      'null',
      'http://127.0.0.1',
      `http://127.0.0.1.evil.example:${stage.server.port}`,
      'file://',
      '*',
      `https://127.0.0.1:${stage.server.port}/x`.slice(0, -2).replace(/\d$/, ''),
    ])
      if ((await stage.socket(stage.stranger(), { origin })) !== null) opened.push(origin)
    return { opened: opened.length }
  },
}

const unbalancedRoots: Probe = {
  name: 'subscriptions of no field at all',
  kind: 'transport',
  expected: { answers: { without: ['closed 1013', 'INTERNAL_SERVER_ERROR'] } },
  async drive(stage) {
    const answers = []
    for (const query of [
      'subscription { operationsChanged @skip(if: true) { id } }',
      'subscription { ...F } fragment F on Subscription { operationsChanged @include(if: false) { id } }',
      'subscription ($no: Boolean!) { operationsChanged @include(if: $no) { id } }',
    ]) {
      const socket = await stage.socket(stage.stranger())
      const message = await socket?.answer({ query, variables: { no: false } })
      answers.push(
        ...(message
          ? codesOf({ status: 200, text: JSON.stringify({ errors: message.payload }) })
          : [`closed ${socket?.closed?.code}`]),
      )
    }
    return { answers: [...new Set(answers)] }
  },
}

export const transportProbes: readonly Probe[] = [
  forms,
  backwards,
  anonymousSockets,
  floods,
  messages,
  deafReader,
  origins,
  unbalancedRoots,
]
