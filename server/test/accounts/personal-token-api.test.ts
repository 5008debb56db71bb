import { Client } from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { closeCodes } from '../../src/use-cases/agents/close-codes.ts'
import { ApiClient } from '../support/api-client.ts'
import { whenFileIsDone } from '../support/cleanup.ts'
import { createPersonalToken, register, type Person } from '../support/people.ts'
import { startTestApp, type TestApp } from '../support/test-app.ts'
import { TestSocket } from '../transport/test-socket.ts'

const whenDone = whenFileIsDone()
let app: TestApp
let other: TestApp
let admin: Person
let user: Person
beforeAll(async () => {
  app = await startTestApp({ whenDone, alone: false })
  other = await startTestApp({ whenDone, alone: false, databaseUrl: app.databaseUrl })
  admin = await register(app, 'admin@example.com', whenDone)
  user = await register(app, 'user@example.com', whenDone)
})

interface Answer {
  readonly data?: Record<string, Record<string, unknown> | null> | null
  readonly errors?: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[]
}

async function post(token: string, query: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const response = await fetch(app.url, { method: 'POST', headers, body: JSON.stringify({ query }) })
  const { data, errors } = (await response.json()) as Answer
  return { ...(data !== undefined && { data }), ...(errors && { errors }) }
}

const submit = `mutation {
  submitExpression(input: { source: "1+2", requestId: "a" }) {
    __typename ... on ForbiddenError { code message missingScope }
  }
}`
const readable = '{ viewer { email } }'

async function revoke(owner: ApiClient, id: string) {
  await owner.get('mutation ($id: ID!) { revokePersonalToken(input: { id: $id }) { __typename } }', { id })
}

test('a token does over HTTP and over a socket what its scopes say, and is told which one is missing', async () => {
  const reader = await createPersonalToken(user, { scopes: ['READ'] })
  const submitter = await createPersonalToken(user, { scopes: ['SUBMIT'] })
  const refusal = {
    __typename: 'ForbiddenError',
    code: 'FORBIDDEN',
    message: 'This needs a token with the scope SUBMIT.',
    missingScope: 'SUBMIT',
  }
  const socket = (token: string) => new ApiClient(app.socketUrl, token)
  expect(await post(reader.token, readable)).toMatchObject({ data: { viewer: { email: 'user@example.com' } } })
  expect(await post(reader.token, submit)).toEqual({ data: { submitExpression: refusal } })
  expect(await socket(reader.token).run(submit)).toEqual({ data: { submitExpression: refusal } })
  expect(await post(submitter.token, submit)).toMatchObject({
    data: { submitExpression: { __typename: 'Expression' } },
  })
  expect(await socket(submitter.token).run(submit)).toMatchObject({
    data: { submitExpression: { __typename: 'Expression' } },
  })
  expect(await socket(submitter.token).run('subscription { clusterStatsChanged { __typename } }')).toHaveProperty(
    'data',
  )
})

test('a program that signs out takes its own token back, and no other', async () => {
  const leaving = await createPersonalToken(user, { scopes: [] })
  const staying = await createPersonalToken(user, { scopes: [] })
  expect(await post(leaving.token, 'mutation { logout { loggedOut } }')).toEqual({
    data: { logout: { loggedOut: true } },
  })
  expect((await post(leaving.token, '{ operations { name } }')).errors).toMatchObject([
    { extensions: { code: 'UNAUTHENTICATED' } },
  ])
  expect(await post(staying.token, readable)).toHaveProperty('data.viewer.email', 'user@example.com')
})

test('an admin’s token is one while its user is: the scope alone opens nothing, nor does the role', async () => {
  const second = await register(app, 'second@example.com')
  const setRole = (role: string) =>
    admin.get(`mutation ($id: ID!) { setUserRole(input: { userId: $id, role: ${role} }) { __typename } }`, {
      id: second.userId,
    })
  await setRole('ADMIN')
  const { token } = await createPersonalToken(second, { scopes: ['ADMIN'] })
  const reader = await createPersonalToken(second, { scopes: ['SUBMIT'] })
  const users = '{ users(first: 1) { edges { node { email } } } }'
  expect((await post(token, users)).errors).toBeUndefined()
  expect((await post(reader.token, users)).errors).toMatchObject([
    { message: 'This needs a token with the scope ADMIN.', extensions: { code: 'FORBIDDEN', missingScope: 'ADMIN' } },
  ])
  await setRole('USER')
  const [error] = (await post(token, users)).errors ?? []
  expect(error?.extensions).toMatchObject({ code: 'FORBIDDEN' })
  expect(error?.extensions).not.toHaveProperty('missingScope')
})

test('no token makes tokens, revokes them, changes the password or ends sessions', async () => {
  const { id, token } = await createPersonalToken(admin, { scopes: ['SUBMIT', 'ADMIN'] })
  const password = '{ currentPassword: "correct horse battery", newPassword: "another horse battery" }'
  for (const field of [
    'createPersonalToken(input: { name: "more", scopes: [] })',
    `revokePersonalToken(input: { id: "${id}" })`,
    `changePassword(input: ${password})`,
    'logoutEverywhere',
  ]) {
    const { data } = await post(token, `mutation { it: ${field} { __typename ... on Error { message } } }`)
    expect(data?.['it'], field).toEqual({
      __typename: 'ForbiddenError',
      message: 'No token may do this. Sign in with your password.',
    })
  }
  expect((await post(token, readable)).data?.['viewer']).toEqual({ email: 'admin@example.com' })
})

describe('a live socket', () => {
  const watching = async (server: TestApp, token: string) => {
    const { port } = new URL(server.url)
    const socket = await TestSocket.connect({ socketUrl: `ws://127.0.0.1:${port}/graphql` }, { token })
    socket.subscribe('1', 'subscription { clusterStatsChanged { __typename } }')
    expect(await socket.receive()).toMatchObject({ type: 'next' })
    return socket
  }

  test('of a revoked token is closed, at every replica, and no other', async () => {
    const revoked = await createPersonalToken(user, { scopes: [] })
    const kept = await createPersonalToken(user, { scopes: [] })
    const here = await watching(app, revoked.token)
    const there = await watching(other, revoked.token)
    const untouched = await watching(app, kept.token)
    await revoke(user, revoked.id)
    const closed = { code: closeCodes.FORBIDDEN, reason: 'Forbidden' }
    expect(await here.closed).toEqual(closed)
    expect(await there.closed).toEqual(closed)
    expect((await untouched.query(readable)).errors).toBeUndefined()
    expect((await post(revoked.token, submit)).data?.['submitExpression']).toEqual({
      __typename: 'UnauthenticatedError',
    })
  })

  test('of a token that expires is closed with what no renewing mends', async () => {
    const { token } = await createPersonalToken(user, { scopes: [] })
    const database = new Client({ connectionString: app.databaseUrl })
    await database.connect()
    await database.query(
      `UPDATE personal_token SET expires_at = now() + interval '1 s' WHERE id = (SELECT max(id::text)::uuid FROM personal_token)`,
    )
    await database.end()
    const socket = await watching(app, token)
    expect(await socket.closed).toEqual({ code: closeCodes.FORBIDDEN, reason: 'Token expired' })
  })
})
