import { RawConnection, statusesOf } from '../harness/raw-connection.ts'
import type { Probe } from '../probe.ts'

/** What an answer to anything that is no request may be, or no answer at all. */
const refusals = [
  'HTTP 200',
  'HTTP 400',
  'HTTP 403',
  'HTTP 404',
  'HTTP 405',
  'HTTP 408',
  'HTTP 413',
  'HTTP 421',
  'HTTP 429',
  'HTTP 431',
  'HTTP 501',
  'HTTP 503',
]

const oddHosts: Probe = {
  name: 'Host headers that are none',
  kind: 'transport',
  expected: { answers: { within: ['HTTP 400', 'HTTP 403', 'HTTP 421'] }, leaks: { is: false } },
  async drive(stage) {
    const hosts = [
      'a b',
      '[',
      'localhost:abc',
      '',
      'a\u00e9',
      'http://x',
      '127.0.0.1:99999',
      '@',
      'a/b',
      '\t',
      'x'.repeat(5_000),
    ]
    const heads = ['POST /graphql', 'GET /graphql?query={viewer{id}}', 'GET /']
    const received: string[] = []
    for (const host of hosts)
      for (const head of heads) {
        const connection = new RawConnection(stage.server.port)
        stage.whenDone(() => connection.cut())
        const body = head.startsWith('POST') ? '{"query":"{ viewer { id } }"}' : ''
        connection.write(
          `${head} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
        )
        received.push(await connection.untilClosed(10_000))
      }
    const leaks = received.some((text) => /\bat \S+ \(|node_modules|\.ts:\d|dist\/main/.test(text))
    return { answers: [...new Set(received.flatMap(statusesOf))], leaks }
  },
}

const rebinding: Probe = {
  name: 'a name of somebody else that leads here: DNS rebinding',
  kind: 'transport',
  expected: { answers: { within: ['HTTP 400', 'HTTP 403', 'HTTP 421'] } },
  async drive(stage) {
    const upgrade =
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: graphql-transport-ws'
    const body = '{"query":"{ viewer { id } }"}'
    const requests = [
      `GET /graphql HTTP/1.1\r\nHost: evil.example\r\nOrigin: http://evil.example\r\n${upgrade}\r\n\r\n`,
      `GET /graphql HTTP/1.1\r\nHost: evil.example:${stage.server.port}\r\nOrigin: http://evil.example:${stage.server.port}\r\n${upgrade}\r\n\r\n`,
      `POST /graphql HTTP/1.1\r\nHost: evil.example\r\nOrigin: http://evil.example\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    ]
    const answers = []
    for (const request of requests) {
      const connection = new RawConnection(stage.server.port)
      stage.whenDone(() => connection.cut())
      connection.write(request)
      answers.push(...statusesOf(await connection.untilClosed(3_000)))
    }
    return { answers: [...new Set(answers)] }
  },
}

const slowHeaders: Probe = {
  name: 'hundreds of requests whose heads never end',
  kind: 'transport',
  limitMs: 90_000,
  onlyWhole: true,
  expected: { closedAfterSeconds: { atMost: 16 } },
  async drive(stage) {
    const began = performance.now()
    const connections = Array.from({ length: stage.scaled(100, 800) }, () => new RawConnection(stage.server.port))
    stage.whenDone(() => connections.forEach((connection) => connection.cut()))
    for (const connection of connections) connection.write('POST /graphql HTTP/1.1\r\nHost: localhost\r\n')
    const drip = setInterval(() => connections.forEach((connection) => connection.write('X-A: b\r\n')), 1_000)
    await Promise.all(connections.map((connection) => connection.untilClosed(60_000)))
    clearInterval(drip)
    return { closedAfterSeconds: Math.round((performance.now() - began) / 1_000) }
  },
}

const slowBodies: Probe = {
  name: 'hundreds of requests whose bodies never end',
  kind: 'transport',
  limitMs: 120_000,
  onlyWhole: true,
  expected: { closedAfterSeconds: { atMost: 60 } },
  async drive(stage) {
    const began = performance.now()
    const connections = Array.from({ length: stage.scaled(100, 500) }, () => new RawConnection(stage.server.port))
    stage.whenDone(() => connections.forEach((connection) => connection.cut()))
    for (const connection of connections)
      connection.write(
        `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:${stage.server.port}\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{`,
      )
    const drip = setInterval(() => connections.forEach((connection) => connection.write(' ')), 1_000)
    await Promise.all(connections.map((connection) => connection.untilClosed(90_000)))
    clearInterval(drip)
    return { closedAfterSeconds: Math.round((performance.now() - began) / 1_000) }
  },
}

const idle: Probe = {
  name: 'a thousand connections that say nothing',
  kind: 'transport',
  expected: { answered: { is: true } },
  async drive(stage) {
    const connections = Array.from({ length: stage.scaled(200, 1_000) }, () => new RawConnection(stage.server.port))
    stage.whenDone(() => connections.forEach((connection) => connection.cut()))
    return { answered: (await stage.stranger().ask('{ viewer { id } __typename }')).includes('OK') }
  },
}

const pipelining: Probe = {
  name: 'a thousand requests down one connection, without waiting',
  kind: 'transport',
  // Node reads all of them in one turn.
  bounds: { stretchMs: 500 },
  expected: { answers: { within: refusals } },
  async drive(stage) {
    const body = '{"query":"{ viewer { id } }"}'
    const head = `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:${stage.server.port}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n`
    const connection = new RawConnection(stage.server.port)
    stage.whenDone(() => connection.cut())
    const count = stage.scaled(200, 1_000)
    connection.write(`${head}\r\n${body}`.repeat(count - 1) + `${head}Connection: close\r\n\r\n${body}`)
    return { answers: [...new Set(statusesOf(await connection.untilClosed(30_000)))] }
  },
}

const hugeHeads: Probe = {
  name: 'heads of requests that are huge, doubled or smuggle',
  kind: 'transport',
  expected: { answers: { within: refusals } },
  async drive(stage) {
    const host = `Host: 127.0.0.1:${stage.server.port}\r\nConnection: close\r\n`
    const requests = [
      `GET /health HTTP/1.1\r\n${host}Cookie: ${'a=b; '.repeat(20_000)}\r\n\r\n`,
      `GET /health HTTP/1.1\r\n${host}${'X-A: b\r\n'.repeat(5_000)}\r\n`,
      `GET /${'a'.repeat(100_000)} HTTP/1.1\r\n${host}\r\n`,
      `POST /graphql HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n`,
      `POST /graphql HTTP/1.1\r\n${host}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`,
      `POST /graphql HTTP/1.1\r\n${host}Content-Length: 99999999999\r\nContent-Type: application/json\r\n\r\n{}`,
      `GET /health HTTP/1.1\r\n${host}Host: other\r\n\r\n`,
      `GET /health HTTP/9.9\r\n${host}\r\n`,
      `GET http://evil.example/graphql HTTP/1.1\r\n${host}\r\n`,
      `GET //evil.example/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n${host}\r\n`,
      `GET /%00 HTTP/1.1\r\n${host}\r\n`,
      `GET /%E0%A4%A HTTP/1.1\r\n${host}\r\n`,
      `TRACE /graphql HTTP/1.1\r\n${host}\r\n`,
      `OPTIONS * HTTP/1.1\r\n${host}\r\n`,
      `CONNECT evil.example:443 HTTP/1.1\r\n${host}\r\n`,
      `GET /graphql HTTP/1.1\r\n${host}Upgrade: h2c\r\n\r\n`,
      `POST /graphql HTTP/1.1\r\n${host}Expect: 100-continue\r\nContent-Length: 2\r\nContent-Type: application/json\r\n\r\n{}`,
      `POST /graphql HTTP/1.1\r\n${host}Expect: the-unexpected\r\nContent-Length: 2\r\n\r\n{}`,
      '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      `GET /health HTTP/1.1\r\n${host}X-Forwarded-For: ${'1.2.3.4,'.repeat(1_500)}\r\n\r\n`,
    ]
    const answers = await Promise.all(
      requests.map((request) => {
        const connection = new RawConnection(stage.server.port)
        stage.whenDone(() => connection.cut())
        connection.write(request)
        return connection.untilClosed(3_000)
      }),
    )
    // Some deserve 404, 417 or nothing; none an error of the server's own.
    return {
      answers: [...new Set(answers.flatMap(statusesOf))].filter(
        (status) => status !== 'HTTP 417' && status !== 'HTTP 100' && status !== 'HTTP 204',
      ),
    }
  },
}

export const connectionProbes: readonly Probe[] = [
  oddHosts,
  rebinding,
  slowHeaders,
  slowBodies,
  idle,
  pipelining,
  hugeHeads,
]
