import { Client } from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { defaultTransportLimits } from '../../src/transport/limits.ts'
import { closeCodes } from '../../src/use-cases/agents/close-codes.ts'
import { mostShareLinks } from '../../src/use-cases/expressions/share-links.ts'
import { ApiClient } from '../support/api-client.ts'
import { whenFileIsDone } from '../support/cleanup.ts'
import { ending, submit } from '../support/expressions.ts'
import {
  createAgentToken,
  createPersonalToken,
  createShareLink,
  login,
  register,
  type Person,
} from '../support/people.ts'
import { TestAgent } from '../support/test-agent.ts'
import { startTestApp, type TestApp } from '../support/test-app.ts'
import { TestSocket } from '../transport/test-socket.ts'

const whenDone = whenFileIsDone()
let app: TestApp
let other: TestApp
let admin: Person
let owner: Person
let stranger: Person
let shared: string
let secretOne: string
beforeAll(async () => {
  app = await startTestApp({ whenDone, alone: false })
  other = await startTestApp({ whenDone, alone: false, databaseUrl: app.databaseUrl })
  admin = await register(app, 'admin@example.com', whenDone)
  owner = await register(app, 'owner@example.com', whenDone)
  stranger = await register(app, 'stranger@example.com', whenDone)
  shared = (await submit(owner, '1+2*3', { requestId: 'for the tax return' })).id
  secretOne = (await submit(owner, '4+5')).id
})

const guestOf = (token: string, server = app) => new ApiClient(server.socketUrl, token)
/** Resolves when the guest has seen the expression. */
async function watching(server: TestApp, token: string, expressionId: string): Promise<TestSocket> {
  const { port } = new URL(server.url)
  const socket = await TestSocket.connect({ socketUrl: `ws://127.0.0.1:${port}/graphql` }, { token })
  socket.subscribe('1', `subscription { expressionChanged(id: "${expressionId}") { id } }`)
  expect(await socket.receive()).toMatchObject({ type: 'next' })
  return socket
}

const linkTo = (expressionId: string) => createShareLink(owner, { expressionId })
const revoke = (client: ApiClient, id: string) =>
  client.get<{ it: { __typename: string } }>(
    'mutation ($id: ID!) { it: revokeShareLink(input: { id: $id }) { __typename } }',
    { id },
  )

test('a link of a disabled user opens nothing, at any replica, until they are enabled again; who made and revoked it is told', async () => {
  const user = await register(app, 'later-disabled@example.com', whenDone)
  const { id: expressionId } = await submit(user, '1+1')
  const { token, id } = await createShareLink(user, { expressionId })
  const sockets = await Promise.all([app, other].map((server) => TestSocket.connect(server, { token })))
  const setUser = (action: string) =>
    admin.get(`mutation ($id: ID!) { ${action}(input: { userId: $id }) { __typename } }`, { id: user.userId })
  const seen = (server: TestApp) => guestOf(token, server).run('{ sharedExpression { id } }')
  await setUser('disableUser')
  for (const { closed } of sockets) expect(await closed).toMatchObject({ code: closeCodes.FORBIDDEN })
  for (const server of [app, other]) await expect(seen(server)).rejects.toThrow()
  await setUser('enableUser')
  for (const server of [app, other])
    expect(await seen(server)).toMatchObject({ data: { sharedExpression: { id: expressionId } } })

  const again = new ApiClient(app.socketUrl, await login(app, 'later-disabled@example.com'))
  await revoke(again, id)
  await app.app.services.accounts.audit.settle()
  const { auditEvents } = await admin.get<{ auditEvents: object }>(
    `query ($actor: ID!) {
      auditEvents(filter: { kinds: [SHARE_LINK_CREATED, SHARE_LINK_REVOKED], actor: $actor }) { edges { node { kind subjectId } } }
    }`,
    { actor: user.userId },
  )
  const subjectId = Buffer.from(id, 'base64').toString().split(':')[1]
  expect(auditEvents).toEqual({
    edges: ['SHARE_LINK_REVOKED', 'SHARE_LINK_CREATED'].map((kind) => ({ node: { kind, subjectId } })),
  })
})

describe('who has a link', () => {
  test('watches its expression and its tasks, at every replica, as they are computed', async () => {
    const expressionId = (await submit(owner, '7*8+1')).id
    const { token } = await linkTo(expressionId)
    const { sharedExpression } = await guestOf(token, other).get<{ sharedExpression: object }>(
      '{ sharedExpression { id source status plan { operationCount } tasks { index } } }',
    )
    expect(sharedExpression).toMatchObject({ id: expressionId, source: '7*8+1', tasks: [{ index: 0 }, { index: 1 }] })
    const { inbox } = guestOf(token).watch<{ tasksChanged: { result: { fraction: string } | null }[] }>(
      `subscription { tasksChanged(expressionId: "${expressionId}") { result { fraction } agent { id name slots } } }`,
    )
    const agent = await TestAgent.open(app, (await createAgentToken(admin)).token, { name: 'busy' })
    const seen = inbox.until(({ tasksChanged }) => tasksChanged.some(({ result }) => result?.fraction === '57'))
    // It gets what others have submitted, too.
    const work = (async () => {
      for (;;) await agent.solve(await agent.assigned.next())
    })().catch(() => {})
    await seen
    expect(await ending(guestOf(token), expressionId)).toMatchObject({ result: { fraction: '57' } })
    await agent.leave()
    await work
  })

  test('sees nothing else of its owner: no name, no other expression, not that there are any', async () => {
    const { token } = await linkTo(shared)
    const guest = guestOf(token)
    expect(await guest.get(`{ expression(id: "${secretOne}") { id } }`)).toEqual({ expression: null })
    expect(await guest.get(`{ nodes(ids: ["${secretOne}", "${owner.userId}", "${shared}"]) { id } }`)).toEqual({
      nodes: [null, null, { id: shared }],
    })
    for (const field of ['expressionChanged(id', 'tasksChanged(expressionId'])
      expect((await guest.run(`subscription { ${field}: "${secretOne}") { id } }`)).errors).toMatchObject([
        { extensions: { code: 'NOT_FOUND' } },
      ])
    for (const hidden of [
      'owner { email }',
      'requestId',
      'shareLinks { id }',
      'prediction { ownTasksBefore }',
      'remainingMs(slots: 1)',
      'tasks { expression { owner { id } } }',
    ])
      for (const document of [
        `{ sharedExpression { ${hidden} } }`,
        `{ node(id: "${shared}") { ... on Expression { ${hidden} } } }`,
      ])
        expect((await guest.run(document)).errors?.[0]?.extensions?.code, document).toBe('FORBIDDEN')
  })

  test('sees of an agent which one it was, and nothing that it does for others', async () => {
    const expressionId = (await submit(owner, '2^10')).id
    const { token } = await linkTo(expressionId)
    const agent = await TestAgent.open(app, (await createAgentToken(admin)).token, { name: 'seen' })
    await agent.assigned.next()
    const guest = guestOf(token)
    expect(await guest.get('{ sharedExpression { tasks { agent { name slots } } } }')).toMatchObject({
      sharedExpression: { tasks: [{ agent: { name: 'seen' } }] },
    })
    for (const hidden of ['assignments { operation }', 'state', 'busySlots', 'lastHeartbeatAt', 'lastRefusal'])
      expect((await guest.run(`{ sharedExpression { tasks { agent { ${hidden} } } } }`)).errors, hidden).toMatchObject([
        { extensions: { code: 'FORBIDDEN' } },
      ])
    await agent.leave()
  })

  test('changes nothing, not even as the owner in name', async () => {
    const { token } = await linkTo(shared)
    const guest = guestOf(token)
    for (const field of [
      `cancelExpression(input: { id: "${shared}" })`,
      `deleteExpression(input: { id: "${shared}" })`,
      `createShareLink(input: { expressionId: "${shared}" })`,
      'submitExpression(input: { source: "1", requestId: "x" })',
    ])
      expect(await guest.get(`mutation { it: ${field} { __typename } }`), field).toEqual({
        it: { __typename: 'ForbiddenError' },
      })
  })
})

describe('a link', () => {
  const outcome = (client: ApiClient, expressionId: string, lifetimeHours: number | null = null) =>
    client.get<{ it: object }>(
      `mutation ($input: CreateShareLinkInput!) { it: createShareLink(input: $input) { __typename ... on Error { code } } }`,
      { input: { expressionId, lifetimeHours } },
    )

  test('is made by the owner alone, no admin either, and by a token that submits', async () => {
    const notFound = { it: { __typename: 'NotFoundError', code: 'NOT_FOUND' } }
    expect(await outcome(stranger, shared)).toEqual(notFound)
    expect(await outcome(admin, shared)).toEqual(notFound)
    const reader = guestOf((await createPersonalToken(owner, { scopes: [] })).token)
    expect(await outcome(reader, shared)).toMatchObject({ it: { __typename: 'ForbiddenError' } })
    for (const hours of [0, -1, 366 * 24 + 1])
      expect(await outcome(owner, shared, hours)).toMatchObject({ it: { __typename: 'InvalidInputError' } })
  })

  test('is stored hashed', async () => {
    const { token } = await linkTo(shared)
    const database = new Client({ connectionString: app.databaseUrl })
    await database.connect()
    const { rows } = await database.query<{ text: string }>('SELECT share_link::text AS text FROM share_link')
    await database.end()
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter(({ text }) => text.includes(token.slice(4)))).toEqual([])
  })

  test('is one of twenty of an expression at most, also of those made at once', async () => {
    const expressionId = (await submit(owner, '1+1')).id
    for (let made = 3; made < mostShareLinks; made++) await outcome(owner, expressionId)
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => outcome(owner, expressionId)))
    expect(outcomes.filter(({ it }) => 'code' in it && it.code === 'TOO_MANY_LINKS')).toHaveLength(5)
  })

  test('is revoked by the owner alone: who watches is cut off, at every replica, and others are not', async () => {
    const [revoked, kept] = [await linkTo(shared), await linkTo(shared)]
    const sockets = [await watching(app, revoked.token, shared), await watching(other, revoked.token, shared)]
    const untouched = await watching(app, kept.token, shared)
    expect(await revoke(stranger, revoked.id)).toEqual({ it: { __typename: 'NotFoundError' } })
    expect(await revoke(admin, revoked.id)).toEqual({ it: { __typename: 'NotFoundError' } })
    expect(await revoke(owner, revoked.id)).toEqual({ it: { __typename: 'ShareLink' } })
    for (const socket of sockets)
      expect(await socket.closed).toEqual({ code: closeCodes.FORBIDDEN, reason: 'Forbidden' })
    expect((await untouched.query('{ sharedExpression { id } }')).errors).toBeUndefined()
    await expect(guestOf(revoked.token).run('{ sharedExpression { id } }')).rejects.toThrow('closed with 4403')
  })

  test('that expires is refused, and cuts off who watches', async () => {
    const { id, token } = await linkTo(shared)
    const database = new Client({ connectionString: app.databaseUrl })
    await database.connect()
    const local = Buffer.from(id, 'base64').toString().split(':')[1]
    await database.query(`UPDATE share_link SET expires_at = now() + interval '1 s' WHERE id = $1`, [local])
    await database.end()
    const { port } = new URL(app.url)
    const socket = await TestSocket.connect({ socketUrl: `ws://127.0.0.1:${port}/graphql` }, { token })
    expect(await socket.closed).toEqual({ code: closeCodes.FORBIDDEN, reason: 'Token expired' })
  })

  test('goes with its expression, with who watches at every replica, and does not come back with it', async () => {
    const expressionId = (await submit(owner, '3')).id
    const { token } = await linkTo(expressionId)
    const sockets = [await watching(app, token, expressionId), await watching(other, token, expressionId)]
    await owner.get('mutation ($id: ID!) { deleteExpression(input: { id: $id }) { __typename } }', { id: expressionId })
    for (const socket of sockets) {
      expect(await socket.receive()).toMatchObject({ type: 'complete' })
      expect(await socket.closed).toEqual({ code: closeCodes.FORBIDDEN, reason: 'Forbidden' })
    }
    const undelete = `mutation ($ids: [ID!]!) { undeleteExpressions(input: { ids: $ids }) { __typename } }`
    await owner.get(undelete, { ids: [expressionId] })
    await expect(guestOf(token).run('{ sharedExpression { id } }')).rejects.toThrow('closed with 4403')
  })
})

test('guests are counted as strangers are: their sockets by network, their documents and messages by the limits of those', async () => {
  const { token } = await linkTo(shared)
  const { anonymousSocketsPerAddress, anonymousTokens, messages } = defaultTransportLimits
  const guest = guestOf(token)
  const long = `{ sharedExpression { ${'id '.repeat(anonymousTokens)} } }`
  expect((await guest.run(long)).errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_LARGE' } }])
  await expect(guest.run('{ sharedExpression { id } }', { x: 'x'.repeat(messages.anonymous.bytes) })).rejects.toThrow(
    'closed with 1009',
  )
  const { port } = new URL(app.url)
  const sockets = await Promise.all(
    Array.from({ length: anonymousSocketsPerAddress + 10 }, async () => {
      const socket = await TestSocket.open({ socketUrl: `ws://127.0.0.1:${port}/graphql` })
      socket.send({ type: 'connection_init', payload: { token } })
      return (await socket.receive())?.type
    }),
  )
  expect(sockets.filter((type) => type === 'connection_ack').length).toBeLessThanOrEqual(anonymousSocketsPerAddress)
})
