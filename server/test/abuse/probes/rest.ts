import { RawConnection } from '../harness/raw-connection.ts'
import type { Call } from '../harness/http.ts'
import type { Caller } from '../harness/people.ts'
import type { Probe } from '../probe.ts'

const base = '/api/v1/expressions'

/** The code of each problem, each once; the status where an answer is no problem. */
async function codesOfRest(caller: Caller, calls: readonly Call[]): Promise<string[]> {
  const codes = calls.map(async (options) => {
    const { status, text } = await caller.send(options)
    if (status === 0) return 'NO ANSWER'
    try {
      return (JSON.parse(text) as { code?: string }).code ?? `HTTP ${status}`
    } catch {
      return `HTTP ${status}`
    }
  })
  return [...new Set(await Promise.all(codes))]
}

const refused = {
  within: [
    ...['BAD_REQUEST', 'REQUEST_TOO_COMPLEX', 'REQUEST_ENTITY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'UNAUTHENTICATED'],
    ...['METHOD_NOT_ALLOWED', 'NO_SUCH_ADDRESS', 'NOT_FOUND', 'INVALID_INPUT', 'RATE_LIMITED', 'FORBIDDEN'],
  ],
}

const bodies: Probe = {
  name: 'REST: bodies that are no JSON, too long, too deep or of another form',
  kind: 'transport',
  expected: { answers: refused, ofStrangers: refused },
  async drive(stage) {
    const texts = [
      ...[
        '',
        '{',
        '[]',
        'null',
        '1',
        '"x"',
        '{"source":1}',
        '{"source":"1","other":1}',
        '{"__proto__":{"source":"1"}}',
      ],
      '['.repeat(400_000),
      `{"source":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`,
      `{${Array.from({ length: 40_000 }, (_, place) => `"${place}":1`).join(',')}}`,
      `{"source":"${'1'.repeat(2 ** 21)}"}`,
      `{"source":${'1'.repeat(500_000)}}`,
    ]
    const calls = texts.map((body): Call => ({ path: base, body }))
    const user = await stage.user()
    const type = { ...calls[0], headers: { 'content-type': 'application/x-www-form-urlencoded' } }
    return {
      answers: await codesOfRest(user, [...calls, type]),
      ofStrangers: await codesOfRest(stage.stranger(), calls),
    }
  },
}

const addresses: Probe = {
  name: 'REST: methods, addresses, cursors and parameters that are not there',
  kind: 'transport',
  expected: { answers: refused },
  async drive(stage) {
    const user = await stage.user()
    const get = (path: string): Call => ({ method: 'GET', path })
    return {
      answers: await codesOfRest(user, [
        ...['PUT', 'PATCH', 'DELETE', 'PROPFIND'].map((method) => ({ method, path: base })),
        ...['made-up', '%00', 'A'.repeat(5_000), '../../x', '%ff', '-1'].map((after) => get(`${base}?after=${after}`)),
        ...['limit=1e9', 'limit=-1', 'limit=x', 'limit=1&limit=2', 'status=NONE', 'other=1'].map((query) =>
          get(`${base}?${query}`),
        ),
        ...['x', '%00', '%', 'a'.repeat(5_000), "'; DROP TABLE expression; --".replaceAll(' ', '%20')].flatMap((id) => [
          get(`${base}/${id}`),
          get(`${base}/${id}/events`),
          { method: 'DELETE', path: `${base}/${id}` },
        ]),
        ...['wait=-1', 'wait=1e9', 'wait=x', 'digits=1e9'].map((query) => ({
          ...{ path: `${base}?${query}`, body: '{"source":"1+1"}' },
        })),
        get('/api/v1/nothing'),
      ]),
    }
  },
}

const waits: Probe = {
  name: 'REST: many that wait, and streams that go on after events that never were',
  kind: 'transport',
  expected: { answers: { within: ['HTTP 200', 'HTTP 201', 'HTTP 202', 'RATE_LIMITED', 'SERVICE_UNAVAILABLE'] } },
  bounds: { processorMs: 8_000 },
  async drive(stage) {
    const user = await stage.user()
    const count = stage.scaled(150, 900)
    const waiting = Array.from({ length: count }, (): Call => ({ path: `${base}?wait=3`, body: '{"source":"1+2"}' }))
    const answers = await codesOfRest(user, waiting)
    const { text } = await user.send({ path: base, body: '{"source":"3"}' })
    const { id } = JSON.parse(text) as { id: string }
    const ids = ['x', '-1', '9'.repeat(400), '1e308', 'NaN', '0', ''.padEnd(2_000, ' 1')]
    const streams = ids.map((last): Call => {
      return { method: 'GET', path: `${base}/${id}/events`, headers: { 'last-event-id': last } }
    })
    const ofStreams = await codesOfRest(user, streams)
    return { answers: [...answers, ...ofStreams.filter((code) => code !== 'HTTP 204')] }
  },
}

const slowBodies: Probe = {
  name: 'REST: bodies that come a byte at a time, or never',
  kind: 'transport',
  expected: { others: { within: ['HTTP 201'] } },
  async drive(stage) {
    const user = await stage.user()
    const head = `POST ${base} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${user.token}\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{`
    const connections = Array.from({ length: stage.scaled(100, 500) }, () => new RawConnection(stage.server.port))
    for (const connection of connections) connection.write(head)
    for (let byte = 0; byte < 20; byte++) for (const connection of connections) connection.write(' ')
    const others = await codesOfRest(user, [{ path: base, body: '{"source":"1"}' }])
    for (const connection of connections) connection.cut()
    return { others }
  },
}

export const restProbes = [bodies, addresses, waits, slowBodies]
