import { expect, test } from 'vitest'
import { createPersonalToken, register } from '../support/people.ts'
import { startTestApp } from '../support/test-app.ts'
import { startWorld } from '../support/world.ts'
import { restClient } from './client.ts'

const credentials = { email: 'ada@example.com', password: 'correct horse battery' }

/** What a jar of curl would send back. */
const cookiesOf = ({ headers }: { headers: Headers }) =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')

test('somebody registers, signs in, refreshes and is told who they are', async () => {
  const app = await startTestApp()
  const { ask } = restClient(app, null)
  const registered = await ask('/register', { json: credentials })
  expect(registered.status).toBe(201)
  expect((await ask('/register', { json: credentials })).body).toMatchObject({ status: 409, code: 'EMAIL_TAKEN' })
  const wrong = await ask('/login', { json: { ...credentials, password: 'incorrect horse' } })
  expect(wrong.body).toMatchObject({ status: 401, code: 'INVALID_CREDENTIALS' })
  const signedIn = await ask('/login', { json: credentials })
  expect(signedIn.status).toBe(200)
  expect(signedIn.headers.getSetCookie()[0]).toContain('Path=/api/v1')
  const refreshed = await ask('/refresh', { method: 'POST', headers: { cookie: cookiesOf(signedIn) } })
  expect(refreshed.status).toBe(200)
  const me = await ask('/me', { token: String(refreshed.body['accessToken']) })
  expect(me.body).toMatchObject({ email: 'ada@example.com', role: 'ADMIN', scopes: null })
  expect((await ask('/refresh', { method: 'POST' })).body).toMatchObject({ status: 401, code: 'SESSION_EXPIRED' })
})

test('a token opens what its scopes say, and what it lacks is told', async () => {
  const world = await startWorld()
  const { token } = await createPersonalToken(world.admin, { scopes: ['READ'] })
  const { ask } = restClient(world.app, token)
  expect((await ask('/me')).body).toMatchObject({ scopes: ['READ'] })
  expect((await ask('/expressions')).status).toBe(200)
  const submitting = await ask('/expressions', { json: { source: '1+1' } })
  expect(submitting.body).toMatchObject({ status: 403, code: 'FORBIDDEN', missingScope: 'SUBMIT' })
  const setting = await ask('/operations/duration', { json: { '+': 5 } })
  expect(setting.body).toMatchObject({ status: 403, missingScope: 'ADMIN' })
  const anonymous = await ask('/expressions', { token: null })
  expect([anonymous.status, anonymous.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
  expect((await ask('/expressions', { token: 'rkp_wrong' })).status).toBe(401)
  expect((await ask('/expressions', { token: world.agentToken })).status).toBe(403)
})

test('guessing tokens is limited for a network, and says when to come back', async () => {
  const app = await startTestApp()
  const { ask } = restClient(app, null)
  let answer = await ask('/me', { token: 'rkp_0' })
  for (let guess = 1; guess <= 101 && answer.status === 401; guess++)
    answer = await ask('/me', { token: `rkp_${guess}` })
  const { status, headers, body } = answer
  expect([status, body['code']]).toEqual([429, 'RATE_LIMITED'])
  expect(Number(headers.get('retry-after'))).toBe(body['retryAfterSeconds'])
})

test('nobody reads, cancels, retries, deletes or watches what is another user’s', async () => {
  const world = await startWorld()
  const mine = await restClient(world.app, world.admin.token).ask('/expressions', { json: { source: '1+1' } })
  const other = await register(world.app, 'eve@example.com')
  const { ask } = restClient(world.app, other.token)
  const path = `/expressions/${String(mine.body['id'])}`
  for (const [method, below] of [
    ['GET', ''],
    ['GET', '/events'],
    ['POST', '/cancel'],
    ['POST', '/retry'],
    ['DELETE', ''],
  ] as const)
    expect((await ask(path + below, { method })).body).toMatchObject({ status: 404, code: 'NOT_FOUND' })
  expect((await ask('/expressions')).body).toEqual({ expressions: [] })
})

test('durations are read by all and set by an admin, all or none', async () => {
  const world = await startWorld()
  const { ask } = restClient(world.app, world.admin.token)
  const set = await ask('/operations/duration', { json: { '+': 5, gcd: 7 } })
  expect(set.body).toMatchObject({ '+': 5, gcd: 7, '-': 1000 })
  const refused = await ask('/operations/duration', { method: 'PATCH', json: { '+': 6, '-': -1 } })
  expect(refused.body).toMatchObject({
    status: 422,
    code: 'INVALID_INPUT',
    fields: [{ path: 'durations.1.durationMs' }],
  })
  const other = await register(world.app, 'eve@example.com')
  const { ask: askAsOther } = restClient(world.app, other.token)
  expect((await askAsOther('/operations/duration')).body).toMatchObject({ '+': 5 })
  expect((await askAsOther('/operations/duration', { json: { '+': 6 } })).status).toBe(403)
})

test('agents are listed with what they do', async () => {
  const world = await startWorld()
  const agent = await world.openAgent({ name: 'shed-1', slots: 2 })
  const { ask } = restClient(world.app, world.admin.token)
  await ask('/expressions', { json: { source: '1+2' } })
  await agent.take(1)
  const { body } = await ask('/agents')
  expect(body).toMatchObject({
    agents: [{ name: 'shed-1', state: 'ONLINE', slots: 2, busySlots: 1, computing: ['+'] }],
  })
})
