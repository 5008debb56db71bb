import { createHmac } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import pg from 'pg'
import { expect, test } from 'vitest'
import { countWaiting } from '../../src/store/webhooks/hooked-users.ts'
import { createPersonalToken, register, type Person } from '../support/people.ts'
import { startTestApp, type TestApp } from '../support/test-app.ts'
import { startWorld } from '../support/world.ts'
import { restClient } from '../rest/client.ts'
import { startReceiver, type Received } from './receiver.ts'

const environment = { WEBHOOK_NETWORKS: '127.0.0.0/8' }

type Rest = ReturnType<typeof restClient>

interface Delivery {
  readonly id: string
  readonly state: string
  readonly event: string
  readonly attempts: number
  readonly answerStatus: number | null
  readonly answer: string | null
  readonly problem: string | null
  readonly nextAttemptAt: string | null
}

const deliveriesOf = async ({ ask }: Rest, id: unknown) =>
  (await ask(`/webhooks/${String(id)}/deliveries`)).body['deliveries'] as readonly Delivery[]

/** What a receiver that knows the secret finds the signature to be. */
const expected = (secret: unknown, { headers, body }: Received) =>
  `v1,${createHmac('sha256', Buffer.from(String(secret).slice('whsec_'.length), 'base64'))
    .update(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`)
    .digest('base64')}`

const typesOf = (received: readonly Received[]) =>
  received.map(({ body }) => (JSON.parse(body) as { type: string }).type).toSorted()

/** Looks until it is as it should be: each time that something is told of the webhooks of a user. */
async function eventually<Value>(
  user: Person,
  read: () => Promise<Value>,
  check: (value: Value) => void,
): Promise<void> {
  const changes = user.watch<{ webhooksChanged: unknown[] }>('subscription { webhooksChanged { id failures } }')
  for (;;) {
    await changes.inbox.next()
    try {
      check(await read())
      return changes.end()
    } catch {
      // Not yet.
    }
  }
}

async function query(app: TestApp, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client(app.databaseUrl)
  await client.connect()
  try {
    return await client.query(sql)
  } finally {
    await client.end()
  }
}

/** As the metrics tell it. */
async function waitingIn(app: TestApp): Promise<number> {
  const pool = new pg.Pool({ connectionString: app.databaseUrl, max: 1 })
  try {
    return await countWaiting(pool)
  } finally {
    await pool.end()
  }
}

test('a receiver is told, signed, how expressions end, by a token within its scopes', async () => {
  const { admin, app } = await startWorld({ environment })
  const receiver = await startReceiver()
  const { token } = await createPersonalToken(admin, { scopes: ['SUBMIT'] })
  const rest = restClient(app, token)
  const reader = restClient(app, (await createPersonalToken(admin, { scopes: ['READ'] })).token)
  const input = { json: { name: 'mine', url: receiver.url } }
  expect((await reader.ask('/webhooks', input)).body).toMatchObject({ status: 403, missingScope: 'SUBMIT' })
  const made = (await rest.ask('/webhooks', input)).body
  expect(made['secret']).toMatch(/^whsec_/)
  expect((await reader.ask('/webhooks')).text).not.toContain('whsec_')

  await rest.ask('/expressions', { json: { source: '1/3' }, headers: { 'idempotency-key': 'mine-1' } })
  const waiting = (await rest.ask('/expressions', { json: { source: '1+1' } })).body
  await rest.ask(`/expressions/${String(waiting['id'])}/cancel`, { method: 'POST' })
  await rest.ask('/expressions', { json: { source: '7' }, headers: { 'idempotency-key': 'mine-2' } })
  await rest.ask('/expressions', { json: { source: '1/0' } })
  const received = await receiver.until(3)
  expect(typesOf(received)).toEqual(['expression.cancelled', 'expression.failed', 'expression.succeeded'])
  for (const one of received) expect(one.headers['webhook-signature']).toBe(expected(made['secret'], one))
  const seven = received.find(({ body }) => body.includes('"mine-2"'))
  expect(JSON.parse(seven?.body ?? '')).toMatchObject({
    type: 'expression.succeeded',
    data: { requestId: 'mine-2', status: 'SUCCEEDED', result: { decimal: '7', fraction: '7', isDecimalExact: true } },
  })
  await eventually(
    admin,
    () => deliveriesOf(rest, made['id']),
    (all) => expect(all.map(({ state }) => state)).toEqual(['DELIVERED', 'DELIVERED', 'DELIVERED']),
  )
})

test('what fails is tried again under the same id, and a receiver that wants no more is left alone', async () => {
  const { admin, app } = await startWorld({ environment })
  const receiver = await startReceiver()
  const rest = restClient(app, admin.token)
  const { id } = (await rest.ask('/webhooks', { json: { name: 'mine', url: receiver.url } })).body
  receiver.answer = (response) => void response.writeHead(503).end('later')
  expect((await rest.ask(`/webhooks/${String(id)}/test`, { method: 'POST' })).status).toBe(202)
  expect((await rest.ask(`/webhooks/${String(id)}/test`, { method: 'POST' })).status).toBe(429)
  await receiver.until(1)
  await eventually(
    admin,
    () => deliveriesOf(rest, id),
    ([first]) => {
      expect(first).toMatchObject({ state: 'WAITING', event: 'webhook.test', answerStatus: 503, answer: 'later' })
      expect(first?.problem).toBe('It answered 503.')
      expect(first?.nextAttemptAt).not.toBeNull()
    },
  )
  expect(await waitingIn(app)).toBe(1)
  receiver.answer = (response) => void response.writeHead(410).end()
  await query(app, 'UPDATE webhook_delivery SET next_attempt_at = now()')
  const [first, second] = await receiver.until(2)
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
  expect(second?.body).toBe(first?.body)
  const hook = () => rest.ask(`/webhooks/${String(id)}`).then(({ body }) => body)
  await eventually(admin, hook, (now) => expect(now['disabledReason']).toContain('410'))

  // Nothing is noted for it meanwhile, and it goes on when its user says so.
  await rest.ask('/expressions', { json: { source: '7' } })
  expect(await deliveriesOf(rest, id)).toHaveLength(1)
  receiver.answer = (response) => void response.writeHead(204).end()
  const resumed = await rest.ask(`/webhooks/${String(id)}`, { method: 'PATCH', json: { isPaused: false } })
  expect(resumed.body).toMatchObject({ disabledAt: null, disabledReason: null, failures: 0 })
  await rest.ask('/expressions', { json: { source: '8' } })
  await eventually(
    admin,
    () => deliveriesOf(rest, id),
    (all) => expect(all[0]?.state).toBe('DELIVERED'),
  )
  const kinds = (await query(app, 'SELECT kind FROM audit_event')).rows.map(({ kind }: { kind: string }) => kind)
  expect(kinds).toEqual(expect.arrayContaining(['WEBHOOK_CREATED', 'WEBHOOK_DISABLED', 'WEBHOOK_CHANGED']))
})

test('a webhook to which nothing gets through for a day is disabled, with the reason', async () => {
  const { admin, app } = await startWorld({ environment })
  const receiver = await startReceiver()
  receiver.answer = (response) => void response.destroy()
  const rest = restClient(app, admin.token)
  const { id } = (await rest.ask('/webhooks', { json: { name: 'mine', url: receiver.url } })).body
  await query(app, `UPDATE webhook SET failures = 4, failing_since = now() - interval '25 hours'`)
  await rest.ask('/expressions', { json: { source: '7' } })
  const hook = () => rest.ask(`/webhooks/${String(id)}`).then(({ body }) => body)
  await eventually(admin, hook, (now) => expect(now['disabledReason']).toMatch(/^Nothing arrived in 5 attempts since /))
})

test('of two replicas one delivers, each delivery once', async () => {
  const { admin, app } = await startWorld({ environment, alone: false })
  await startTestApp({ environment, alone: false, databaseUrl: app.databaseUrl })
  const receiver = await startReceiver()
  const rest = restClient(app, admin.token)
  await rest.ask('/webhooks', { json: { name: 'mine', url: receiver.url, events: ['SUCCEEDED'] } })
  const sources = Array.from({ length: 40 }, (_, place) => String(place))
  await Promise.all(sources.map((source) => rest.ask('/expressions', { json: { source } })))
  await receiver.until(40)
  await eventually(
    admin,
    async () =>
      (await query(app, 'SELECT count(*)::int AS count FROM webhook_delivery WHERE delivered_at IS NOT NULL')).rows[0],
    (row) => expect(row).toEqual({ count: 40 }),
  )
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(40)
  expect(receiver.received).toHaveLength(40)
})

test('a host that answers slowly, and a user who leads to many, leave room for others', async () => {
  const world = await startWorld({ environment })
  const [receiver, other] = [await startReceiver(), await startReceiver()]
  const [slow, quick] = [await register(world.app, 'slow@example.com'), world.admin]
  const held: ServerResponse[] = []
  receiver.answer = (response) => void held.push(response)
  const rest = restClient(world.app, slow.token)
  // The same host, spelled in as many ways as one may have webhooks.
  const { port } = new URL(receiver.url)
  for (let number = 0; number < 10; number++)
    await rest.ask('/webhooks', {
      json: { name: `${number}`, url: `http:${'/'.repeat(2 + (number % 3))}127.0.0.1:${port}/${number}` },
    })
  const sources = Array.from({ length: 6 }, (_, place) => String(place))
  await Promise.all(sources.map((source) => rest.ask('/expressions', { json: { source } })))
  await receiver.until(4)
  const mine = restClient(world.app, quick.token)
  await mine.ask('/webhooks', { json: { name: 'mine', url: other.url } })
  await mine.ask('/expressions', { json: { source: '1' } })
  await other.until(1)
  const underWay = 'SELECT count(*)::int AS count FROM webhook_delivery WHERE attempts > 0 AND delivered_at IS NULL'
  const [counted] = (await query(world.app, underWay)).rows as { count: number }[]
  expect(counted?.count).toBeLessThan(10)
  for (const response of held) response.writeHead(204).end()
})

test('nobody sees, changes, tries or deletes what is another user’s, and nobody has more than ten', async () => {
  const { admin, app } = await startWorld({ environment })
  const rest = restClient(app, admin.token)
  const input = { json: { name: 'mine', url: 'https://example.com/' } }
  const { id } = (await rest.ask('/webhooks', input)).body
  const eve = restClient(app, (await register(app, 'eve@example.com')).token)
  const path = `/webhooks/${String(id)}`
  for (const [method, below] of [
    ['GET', ''],
    ['GET', '/deliveries'],
    ['POST', '/test'],
    ['DELETE', ''],
  ] as const)
    expect((await eve.ask(path + below, { method })).status).toBe(404)
  expect((await eve.ask(path, { method: 'PATCH', json: { isPaused: true } })).status).toBe(404)
  for (let count = 2; count <= 10; count++) expect((await rest.ask('/webhooks', input)).status).toBe(201)
  expect((await rest.ask('/webhooks', input)).body).toMatchObject({ status: 422, code: 'TOO_MANY_WEBHOOKS' })
})

test('what is no address for a webhook is refused, and told why', async () => {
  const { admin, app } = await startWorld()
  const { ask } = restClient(app, admin.token)
  const wrong = [
    ['http://example.com/', 'https://'],
    ['https://127.0.0.1/', 'public'],
    ['https://[::1]/', 'public'],
    ['https://169.254.169.254/latest/meta-data', 'public'],
    ['https://2130706433/', 'public'],
    ['ftp://example.com/', 'https://'],
    ['https://me:secret@example.com/', 'password'],
    ['example.com', 'URL'],
  ]
  for (const [url, reason] of wrong)
    expect(await ask('/webhooks', { json: { name: 'mine', url } })).toMatchObject({
      ...{ status: 422, body: { detail: expect.stringContaining(reason ?? '') as string } },
    })
})
