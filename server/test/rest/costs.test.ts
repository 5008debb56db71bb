import process from 'node:process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WhenDone } from '../support/cleanup.ts'
import { register } from '../support/people.ts'
import { startTestApp, type TestApp } from '../support/test-app.ts'
import { restClient } from './client.ts'

/** As for GraphQL: 20 ms by docs/limits.md, and three times as much on a machine that is busy with other things. */
const allowedMs = 60
const rounds = 4

let server: TestApp
let token: string
const ends: (() => unknown)[] = []
const whenDone: WhenDone = (end) => void ends.unshift(end)
beforeAll(async () => {
  server = await startTestApp({ whenDone, environment: { PROCESSOR_MS_PER_MINUTE: '600000' } })
  token = (await register(server, 'ada@example.com', whenDone)).token
  // Functions that run for the first time are slow for another reason.
  for (let i = 0; i < 30; i++) await send('/me', {})
})
afterAll(async () => {
  for (const end of ends) await end()
})

const json = { 'content-type': 'application/json' }
const plain = { 'content-type': 'text/plain' }
const many = (count: number, make: (index: number) => string, separator: string) =>
  Array.from({ length: count }, (_, index) => make(index)).join(separator)

async function send(path: string, request: Parameters<ReturnType<typeof restClient>['open']>[1]) {
  const response = await restClient(server, token).open(path, request)
  await response.arrayBuffer()
  return response.status
}

/** The least of some rounds: what else the machine does only adds. */
async function costOf(path: string, request: Parameters<typeof send>[1]): Promise<number> {
  let least = Infinity
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage()
    await send(path, request)
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, (user + system) / 1_000)
  }
  return least
}

const size = 2 ** 20
const names = (count: number) => many(count, (i) => `n${i}=1`, '&')

const worst: [string, string, Parameters<typeof send>[1], number][] = [
  ['many parameters', `/expressions?${names(2_000)}`, {}, 400],
  ['one parameter again and again', `/expressions?${many(3_000, () => 'a=1', '&')}`, {}, 400],
  ['a long parameter', `/expressions?contains=${'x'.repeat(12_000)}`, {}, 422],
  ['a long cursor', `/expressions?after=${'0'.repeat(12_000)}`, {}, 400],
  ['a long path', `/${'a/'.repeat(6_000)}`, {}, 404],
  ['a long id', `/expressions/${'A'.repeat(900)}`, {}, 404],
  ['a long preference', '/expressions', { headers: { prefer: 'wait=,'.repeat(2_000) } }, 200],
  [
    'a long key',
    '/expressions',
    { text: '1', headers: { ...plain, 'idempotency-key': `"${'\\'.repeat(12_000)}` } },
    422,
  ],
  ['lists within lists', '/expressions', { text: '['.repeat(size / 2) + ']'.repeat(size / 2), headers: json }, 400],
  ['many objects', '/expressions', { text: `[${'{},'.repeat(size / 3 - 2)}1]`, headers: json }, 400],
  ['a long number', '/expressions', { text: '1'.repeat(size), headers: json }, 400],
  ['an unknown field', '/expressions', { text: `{"${'x'.repeat(size - 9)}":1}`, headers: json }, 400],
  [
    'fields of long names',
    '/operations/duration',
    { text: `{${many(50, (i) => `"${'x'.repeat(90)}${i}":1`, ',')}}`, headers: json },
    422,
  ],
  [
    'a long text for a flag',
    '/expressions',
    { text: `{"source":"1","regroup":"${'x'.repeat(size - 40)}"}`, headers: json },
    400,
  ],
  ['a source of a megabyte', '/expressions', { text: '1'.repeat(size), headers: plain }, 422],
  ['half characters', '/expressions', { text: '\u{10437}'.repeat(2_500).slice(1), headers: plain }, 400],
  ['an error after many lines', '/expressions', { text: `${'\n'.repeat(9_990)}1+`, headers: plain }, 400],
  [
    'an error in the middle of a line',
    '/expressions',
    { text: `${'1+'.repeat(2_499)}+*${'+1'.repeat(2_499)}`, headers: plain },
    400,
  ],
]

describe('what one request takes of everybody’s time', () => {
  test.each(worst)('%s', async (_what, path, request, status) => {
    expect(await send(path, request)).toBe(status)
    expect(await costOf(path, request)).toBeLessThan(allowedMs)
  })

  test('the largest page there is, which is packed', async () => {
    const source = (i: number) => `${`${i}`.padEnd(4_999, '7')}/${`${i + 2}`.padEnd(4_999, '1')}`
    for (let i = 1; i <= 100; i++) expect(await send('/expressions', { text: source(i), headers: plain })).toBe(201)
    expect(await costOf('/expressions?limit=100', {})).toBeLessThan(allowedMs)
    const page = await restClient(server, token).open('/expressions?limit=100')
    expect(page.headers.get('content-encoding')).toBe('gzip')
    expect((await page.text()).length).toBeGreaterThan(1_000_000)
  })

  test('the place of a failure in a large plan, which is found once', async () => {
    const { ask } = restClient(server, token)
    const { body } = await ask('/expressions', { text: 'sum(k=1..9999, 1/k)/0' })
    expect(body).toMatchObject({ error: { code: 'DIVISION_BY_ZERO', position: 19 } })
    expect(await costOf(`/expressions/${String(body['id'])}`, {})).toBeLessThan(allowedMs / 4)
  })
})
