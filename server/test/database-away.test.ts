import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { Proxy } from './faults/harness/proxy.ts'
import { whenFileIsDone } from './support/cleanup.ts'
import { createTestDatabase, type TestDatabase } from './support/database.ts'
import { submit } from './support/expressions.ts'
import { createAgentToken, register, type Person } from './support/people.ts'
import { startTestApp, type TestApp } from './support/test-app.ts'

/** A server whose way to its database the tests break. */
let way: Proxy
let app: TestApp
let ada: Person
let agentToken: string
let expressionId: string
/** Past the way that is broken. */
let directUrl: string

const whenDone = whenFileIsDone()

beforeAll(async () => {
  const database: TestDatabase = await createTestDatabase()
  whenDone(() => database.drop())
  directUrl = database.url
  const url = new URL(directUrl)
  const port = Number(url.port)
  way = await Proxy.start(() => [port])
  whenDone(() => way.stop())
  url.port = String(way.port)
  app = await startTestApp({ databaseUrl: url.href, whenDone })
  ada = await register(app, 'ada@example.com', whenDone)
  agentToken = (await createAgentToken(ada)).token
  expressionId = (await submit(ada, '1+1')).id
}, 30_000)

async function withoutDatabase<Result>(run: () => Promise<Result>): Promise<Result> {
  way.isDown = true
  way.cut()
  try {
    return await run()
  } finally {
    way.isDown = false
  }
}

interface Answer {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[]
}

async function post(query: string, token?: string): Promise<{ response: Response; answer: Answer }> {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
  const response = await fetch(app.url, { method: 'POST', headers, body: JSON.stringify({ query }) })
  return { response, answer: (await response.json()) as Answer }
}

const credentials = '{ email: "ada@example.com", password: "correct horse battery" }'
const submission = (requestId: string) => `mutation {
  submitExpression(input: { source: "1+2", requestId: "${requestId}" }) { __typename ... on Expression { id } }
}`

const operations = (): Readonly<Record<string, string>> => ({
  'who one is': '{ viewer { id } }',
  'an expression': `{ expression(id: "${expressionId}") { id } }`,
  'its tasks': `{ expression(id: "${expressionId}") { tasks { index } } }`,
  'a list': '{ expressions { edges { cursor } } }',
  'a search': '{ expressions(filter: { sourceContains: "1" }) { edges { cursor } } }',
  'a node': `{ node(id: "${expressionId}") { id } }`,
  agents: '{ agents { id } }',
  operations: '{ operations { kind } }',
  'a sign-in': `mutation { login(input: ${credentials}) { __typename } }`,
  'a registration': `mutation { register(input: { email: "b@example.com", password: "correct horse battery" }) { __typename } }`,
  'a submission': submission(randomUUID()),
  'a cancellation': `mutation { cancelExpression(input: { id: "${expressionId}" }) { __typename } }`,
  'a retry': `mutation { retryExpression(input: { id: "${expressionId}" }) { __typename } }`,
  'a deletion': `mutation { deleteExpression(input: { id: "${expressionId}" }) { __typename } }`,
  durations: 'mutation { setOperationDurations(input: { durations: [{ kind: ADD, durationMs: 1 }] }) { __typename } }',
  'a token of agents': 'mutation { createAgentToken(input: { name: "a" }) { __typename } }',
})

const unavailable = { code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 2 }

describe('a database that is away is named to whoever asks for', () => {
  test.each(Object.keys(operations()))('%s', async (name) => {
    const document = operations()[name] ?? ''
    await withoutDatabase(async () => {
      const [{ response, answer }, overSocket] = await Promise.all([post(document, ada.token), ada.run(document)])
      expect(response.status).toBe(503)
      expect(response.headers.get('retry-after')).toBe('2')
      for (const { errors } of [answer, overSocket as Answer]) {
        expect(errors?.map(({ extensions }) => extensions)).toEqual([unavailable])
        expect(errors?.[0]?.message).toMatch(/^The database cannot be reached right now\. Send the request again/)
      }
    })
  })

  test('what an agent may, over HTTP', async () => {
    await withoutDatabase(async () => {
      const { response, answer } = await post('{ __typename }', agentToken)
      expect(response.status).toBe(503)
      expect(answer.errors?.map(({ extensions }) => extensions)).toContainEqual(unavailable)
    })
  })

  test('a subscription', async () => {
    await withoutDatabase(async () => {
      const { errors } = await ada.run(`subscription { expressionChanged(id: "${expressionId}") { id } }`)
      expect(errors?.map(({ extensions }) => extensions)).toEqual([unavailable])
    })
  })

  test.each(['me', 'expressions', 'agents', 'operations/duration'])('REST: %s', async (path) => {
    await withoutDatabase(async () => {
      const headers = { authorization: `Bearer ${ada.token}` }
      const response = await fetch(new URL(`/api/v1/${path}`, app.url), { headers })
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2'])
      expect(await response.json()).toMatchObject(unavailable)
    })
  })

  test('and it is served again when the database is back: control', async () => {
    expect(await post('{ viewer { id } }', ada.token)).toMatchObject({ response: { status: 200 } })
  })
})

describe('a submission while the database restarts', () => {
  const stored = async (requestIds: readonly string[]) => {
    const { pool } = app.app.services.database
    const query = 'SELECT request_id FROM expression WHERE request_id = ANY($1) ORDER BY request_id'
    return (await pool.query<{ request_id: string }>(query, [requestIds])).rows.map((row) => row.request_id)
  }

  test('waits for it, and is taken in once', async () => {
    const requestIds = Array.from({ length: 20 }, () => randomUUID()).sort()
    const sent = await withoutDatabase(async () => {
      const refusals = way.refusals
      const sent = requestIds.map((id) => post(submission(id), ada.token))
      // Those of the sweeps are among them, but not so many.
      await expect.poll(() => way.refusals - refusals, { timeout: 10_000 }).toBeGreaterThan(2)
      return sent
    })
    for (const { answer } of await Promise.all(sent))
      expect(answer).toMatchObject({ data: { submitExpression: { __typename: 'Expression' } } })
    expect(await stored(requestIds)).toEqual(requestIds)
  })

  test('is known again when its insert was done and the word of it lost', async () => {
    const requestId = randomUUID()
    way.loss = 'to-client'
    const sent = post(submission(requestId), ada.token)
    const client = new pg.Client(directUrl)
    await client.connect()
    const isIn = async () =>
      (await client.query('SELECT FROM expression WHERE request_id = $1', [requestId])).rowCount === 1
    await expect.poll(isIn, { timeout: 10_000 }).toBe(true)
    await client.end()
    way.loss = 'none'
    way.cut()
    const { answer } = await sent
    expect(answer).toMatchObject({ data: { submitExpression: { __typename: 'Expression' } } })
    expect(await stored([requestId])).toEqual([requestId])
  })
})
