import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/domain/actor.ts'
import { authenticate } from '../../src/use-cases/accounts/authenticate.ts'
import { mintAgentToken } from '../../src/use-cases/accounts/create-agent-token.ts'
import { globalId, openAccountsBench, registerUser, run, type AccountsBench, type Caller } from './support.ts'

let bench: AccountsBench
let admin: { actor: Actor }
let user: { actor: Actor }

beforeAll(async () => {
  bench = await openAccountsBench()
})
beforeEach(async () => {
  await bench.reset()
  admin = { actor: { kind: 'user', userId: (await registerUser(bench.services, 'admin@example.com')).userId } }
  user = { actor: { kind: 'user', userId: (await registerUser(bench.services, 'user@example.com')).userId } }
})
afterAll(() => bench.close())

const createMutation = `mutation ($name: String!) {
  createAgentToken(input: { name: $name }) {
    __typename
    ... on CreateAgentTokenPayload { token agentToken { id name createdAt lastUsedAt revokedAt } }
    ... on Error { code }
  }
}`
const revokeMutation = `mutation ($id: ID!) {
  revokeAgentToken(input: { id: $id }) { __typename ... on AgentToken { id revokedAt } ... on Error { code } }
}`

/** Where it succeeds. */
interface Created {
  token: string
  agentToken: { id: string }
}

async function create(name: string, caller: Caller = admin) {
  const { data, errors } = await run<{ createAgentToken: Created }>(bench.services, createMutation, { name }, caller)
  expect(errors).toBeUndefined()
  return data.createAgentToken
}

async function revoke(id: string, caller: Caller = admin) {
  const { data, errors } = await run<{ revokeAgentToken: unknown }>(bench.services, revokeMutation, { id }, caller)
  expect(errors).toBeUndefined()
  return data.revokeAgentToken
}

const rows = () => bench.services.database.prisma.agentToken.findMany()

test('a token is shown once, stored hashed, and lets an agent in', async () => {
  const created = await create('  laboratory ')
  expect(created).toEqual({
    __typename: 'CreateAgentTokenPayload',
    token: expect.stringMatching(/^rka_[\w-]{43}$/),
    agentToken: {
      id: expect.any(String),
      name: 'laboratory',
      createdAt: expect.any(String),
      lastUsedAt: null,
      revokedAt: null,
    },
  })
  const [row] = await rows()
  expect(JSON.stringify(row)).not.toContain(created.token)
  expect(row?.createdById).toBe(admin.actor.kind === 'user' && admin.actor.userId)
  expect(await authenticate(bench.services, created.token)).toEqual({
    kind: 'accepted',
    actor: { kind: 'agent', tokenId: row?.id },
    expiresAt: null,
  })
})

test('its use is noted, at most once a minute', async () => {
  const { token } = await mintAgentToken(bench.services, 'embedded', null)
  const { pool } = bench.services.database
  const lastUsedAt = async () => (await rows())[0]?.lastUsedAt?.getTime() ?? 0

  await authenticate(bench.services, token)
  expect(await lastUsedAt()).toBeGreaterThan(0)

  await pool.query(`UPDATE agent_token SET last_used_at = last_used_at - interval '55 s'`)
  const recent = await lastUsedAt()
  await Promise.all([authenticate(bench.services, token), authenticate(bench.services, token)])
  expect(await lastUsedAt()).toBe(recent)

  await pool.query(`UPDATE agent_token SET last_used_at = last_used_at - interval '10 s'`)
  await authenticate(bench.services, token)
  expect(await lastUsedAt()).toBeGreaterThan(recent)
})

test('unknown tokens are refused, whatever they look like', async () => {
  const { token } = await mintAgentToken(bench.services, 'embedded', null)
  for (const text of [
    'rka_',
    `${token}x`,
    token.slice(0, -1),
    token.replace('rka_', ''),
    `rka_${token}`,
    `rka_%' OR true --`,
  ])
    expect(await authenticate(bench.services, text)).toEqual({ kind: 'refused', reason: 'invalid' })
})

test('a revoked token is refused; the revocation is announced once it is committed', async () => {
  const { token, agentToken } = await create('laboratory')
  const heard: { id: string; revoked: Promise<boolean> }[] = []
  const stop = bench.services.announcer.on('agentTokenRevoked', ({ id }) =>
    heard.push({ id, revoked: rows().then(([row]) => row?.revokedAt instanceof Date) }),
  )
  const revoked = await revoke(agentToken.id)
  expect(revoked).toEqual({ __typename: 'AgentToken', id: agentToken.id, revokedAt: expect.any(String) })
  expect(await authenticate(bench.services, token)).toEqual({ kind: 'refused', reason: 'invalid' })
  expect(heard.map(({ id }) => globalId('AgentToken', id))).toEqual([agentToken.id])
  expect(await heard[0]?.revoked).toBe(true)

  // Again: the time stays, those who missed it hear it.
  expect(await revoke(agentToken.id)).toEqual(revoked)
  expect(heard).toHaveLength(2)
  stop()
})

test('revoking what does not exist', async () => {
  const notFound = { __typename: 'NotFoundError', code: 'NOT_FOUND' }
  expect(await revoke(globalId('AgentToken', '00000000-0000-7000-8000-000000000000'))).toEqual(notFound)
  expect(await revoke(globalId('AgentToken', 'no uuid'))).toEqual(notFound)
})

test.each([[''], ['   '], ['x'.repeat(101)]])('a token is not named "%s"', async (name) => {
  expect(await create(name)).toEqual({ __typename: 'InvalidInputError', code: 'INVALID_INPUT' })
  expect(await rows()).toEqual([])
})

describe('for all but admins', () => {
  const agent: Caller = { actor: { kind: 'agent', tokenId: '00000000-0000-7000-8000-000000000000' } }
  const callers = [
    ['a user', () => user, 'ForbiddenError'],
    ['an agent', () => agent, 'ForbiddenError'],
    ['nobody', () => ({}), 'UnauthenticatedError'],
  ] as const

  test.each(callers)('%s may neither make tokens nor revoke them', async (_who, caller, failure) => {
    expect(await create('laboratory', caller())).toMatchObject({ __typename: failure })
    expect(await rows()).toEqual([])
    const { agentToken, token } = await create('laboratory')
    expect(await revoke(agentToken.id, caller())).toMatchObject({ __typename: failure })
    expect(await authenticate(bench.services, token)).toMatchObject({ kind: 'accepted' })
  })

  test.each(callers)('%s sees none, in the list or by its id', async (_who, caller) => {
    const { agentToken } = await create('laboratory')
    const list = '{ agentTokens { id } }'
    const node = 'query ($id: ID!) { node(id: $id) { id } }'
    expect(await run(bench.services, list, {}, admin)).toEqual({ data: { agentTokens: [{ id: agentToken.id }] } })
    expect(await run(bench.services, node, { id: agentToken.id }, admin)).toEqual({
      data: { node: { id: agentToken.id } },
    })

    expect(await run(bench.services, list, {}, caller())).toMatchObject({ data: { agentTokens: null }, errors: [{}] })
    expect(await run(bench.services, node, { id: agentToken.id }, caller())).toMatchObject({ data: { node: null } })
  })
})
