import { getIntrospectionQuery } from 'graphql'
import { once } from 'node:events'
import { connect } from 'node:net'
import process from 'node:process'
import { beforeAll, describe, expect, test } from 'vitest'
import type { WhenDone } from '../support/cleanup.ts'
import { register } from '../support/people.ts'
import { startTestApp, type TestApp } from '../support/test-app.ts'
import { afterAll } from 'vitest'

/**
 * What one request may take of this process: 20 ms by docs/limits.md, and three times as much on a machine that is busy with other things.
 * Each of these took from 0.1 to 340 seconds before it was bounded.
 */
const allowedMs = 60
const rounds = 4

let server: TestApp
let token: string
const ends: (() => unknown)[] = []
const whenDone: WhenDone = (end) => void ends.unshift(end)
beforeAll(async () => {
  server = await startTestApp({ whenDone })
  token = (await register(server, 'ada@example.com', whenDone)).token
  // Functions that run for the first time are slow for another reason.
  for (let i = 0; i < 30; i++) await post(request('{ viewer { id } }', { i }))
})
afterAll(async () => {
  for (const end of ends) await end()
})

const many = (count: number, make: (index: number) => string, separator = ' ') =>
  Array.from({ length: count }, (_, index) => make(index)).join(separator)
const request = (query: string, variables: unknown = {}) => JSON.stringify({ query, variables })
const withVariable = (json: string) => `{"query":"{ __typename }","variables":{"a":${json}}}`
const login = 'mutation ($i: CredentialsInput!) { login(input: $i) { __typename } }'
const statuses = 'query ($s: [ExpressionStatus!]) { expressions(filter: {statuses: $s}) { edges { cursor } } }'

/** The worst of each kind for a body of this size. */
const worst = (size: number): [string, string][] => [
  ['lists within lists', withVariable('['.repeat(size / 2) + ']'.repeat(size / 2))],
  ['many objects', withVariable(`[${'{},'.repeat(size / 3)}1]`)],
  ['many fields', withVariable(`{${many(size / 10, (i) => `"${i.toString(36)}":1`, ',')}}`)],
  ['a long number', withVariable('1'.repeat(size))],
  ['no JSON', '{"a":'.repeat(size / 5)],
  ['an unknown parameter', `{"${'x'.repeat(size)}":1}`],
  [
    'combining marks for a password',
    request(login, { i: { email: 'a@example.com', password: '\u0323\u0301'.repeat(size / 4) } }),
  ],
  ['combining marks for an email', request(login, { i: { email: '\u0323\u0301'.repeat(size / 4), password: 'a' } })],
  [
    'unknown fields of an input',
    request(login, { i: Object.fromEntries(Array.from({ length: size / 14 }, (_, i) => [`f${i}`, 1])) }),
  ],
  [
    'unknown fields with long values',
    request(login, { i: Object.fromEntries(Array.from({ length: 49 }, (_, i) => [`f${i}`, 'x'.repeat(size / 50)])) }),
  ],
  ['a long name for an enum', request(statuses, { s: ['A'.repeat(size)] })],
  ['many names for an enum', request(statuses, { s: Array.from({ length: size / 10 }, () => 'RUNNNG') })],
  [
    'many ids',
    request('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: Array.from({ length: size / 10 }, () => 'QTox'),
    }),
  ],
  ['a long id', request(`{ node(id: "${'A'.repeat(size)}") { id } }`)],
  ['unknown fields with long names', request(`{ ${many(690, (i) => `${'x'.repeat(size / 710)}${i}`)} }`)],
  ['errors after many lines', request(`{ ${'\n'.repeat(size / 3)} ${many(290, (i) => `x${i}`)} }`)],
  ['comments', request(`{ __typename ${'#\n'.repeat(size / 3)} }`)],
  ['a text of many lines', request(`{ node(id: """${'\n '.repeat(size / 4)}""") { id } }`)],
]

/** Just within the limits, where the work is done. */
const within = (values: number, size: number): [string, string][] => [
  [
    'as many ids as are read',
    request('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: Array.from({ length: values }, (_, i) => `QT${i}`),
    }),
  ],
  ['as many names for an enum as are read', request(statuses, { s: Array.from({ length: values }, () => 'RUNNNG') })],
  [
    'a password of marks of the raw length that is read',
    request(login, { i: { email: 'a@example.com', password: '\u0323\u0301'.repeat(512) } }),
  ],
  [
    'fields with long values',
    request(login, { i: Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`f${i}`, 'x'.repeat(size / 60)])) }),
  ],
  ['errors after as many lines as are read', request(`{ ${'\n'.repeat(990)} ${many(100, (i) => `x${i}`)} }`)],
  [
    'comments on as many lines as are read',
    request(`{ __typename ${`#${'x'.repeat(Math.min(size, 120_000) / 1_000)}\n`.repeat(990)} }`),
  ],
  ['one text as long as is read', request(`{ node(id: "${'\\u0041'.repeat(Math.min(size, 120_000) / 7)}") { id } }`)],
]

const documents: [string, string][] = [
  ['the same field again and again', `{ ${'__typename '.repeat(690)} }`],
  [
    'fields in conflict',
    `{ ${many(30, (i) => `node(id:"${i}"){id}`)} ${many(25, (i) => `...on Query{node(id:"${i}"){id}}`)} }`,
  ],
  [
    'fragments that spread all others',
    `{ ...F0 } ${many(15, (i) => `fragment F${i} on Query { ${many(15, (j) => `...F${j}`)} }`)}`,
  ],
  [
    'fragments that double',
    `{ ...F0 } ${many(50, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F50 on Query { __typename }`,
  ],
  [
    'fragments on types',
    `{ node(id:"a") { ${many(100, (i) => `...on ${['User', 'Expression', 'Task', 'Agent'][i % 4]}{id}`)} } }`,
  ],
  ['directives', `{ __typename ${many(300, (i) => `@skp${i}`)} }`],
  ['variables', `query (${many(160, (i) => `$a${i}: Int`)}) { __typename }`],
  ['operations', many(130, (i) => `query A${i} { __typename }`)],
  ['nesting', '{a'.repeat(300) + '}'.repeat(300)],
  ['introspection', getIntrospectionQuery()],
  [
    'introspection under names',
    `{ ${many(10, (i) => `a${i}:__schema{types{fields{args{name type{name}} type{name}}}}`)} }`,
  ],
  [
    'introspection of what types refer to',
    '{ __schema { types { possibleTypes { fields { args { name description } } } } } }',
  ],
]

/** Processor time of this process for the request, the client in it included; the least of some rounds, as others use the machine too. */
async function costOf(body: string, headers?: Record<string, string>): Promise<number> {
  let least = Infinity
  for (let round = 0; round < rounds; round++) {
    // Another document each time: what is known already costs less.
    const fresh = body.replace('"query":"', `"query":"#${round}\\n`)
    const before = process.cpuUsage()
    await post(fresh, headers)
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, (user + system) / 1000)
  }
  if (process.env['RECKON_TEST_COSTS']) console.log(`${least.toFixed(1)} ms`, expect.getState().currentTestName)
  return least
}

async function post(body: string, headers: Record<string, string> = {}): Promise<string> {
  const { host, port } = new URL(server.url)
  const socket = connect(Number(port), '127.0.0.1')
  const lines = Object.entries({ host, 'content-type': 'application/json', connection: 'close', ...headers })
  const head = [...lines, ['content-length', Buffer.byteLength(body)]].map(([name, value]) => `${name}: ${value}\r\n`)
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  socket.on('error', () => {})
  socket.write(`POST /graphql HTTP/1.1\r\n${head.join('')}\r\n${body}`)
  await once(socket, 'close')
  return Buffer.concat(chunks).toString()
}

describe('a request of who is not signed in costs little', () => {
  test.each([
    ...worst(16_000),
    ...within(240, 14_000),
    ...documents.map(([name, document]): [string, string] => [name, request(document)]),
  ])('with %s', async (_what, body) => expect(await costOf(body)).toBeLessThan(allowedMs))

  test.each(worst(900_000))('with %s, where it is far too large', async (_what, body) =>
    expect(await costOf(body)).toBeLessThan(allowedMs),
  )
})

describe('to read a request of who is signed in costs little', () => {
  test.each([
    ...worst(900_000),
    ...within(1_990, 900_000),
    ...documents.map(([name, document]): [string, string] => [name, request(document)]),
  ])('with %s', async (_what, body) =>
    expect(await costOf(body, { authorization: `Bearer ${token}` })).toBeLessThan(allowedMs),
  )
})

test.each([undefined, 'signed in'])('an answer is not much longer than what was asked, %s', async (signedIn) => {
  const headers = signedIn === undefined ? {} : { authorization: `Bearer ${token}` }
  for (const [what, body] of worst(signedIn ? 900_000 : 16_000)) {
    const answer = await post(body, headers)
    expect([what, answer.length < 16_000]).toEqual([what, true])
  }
})
