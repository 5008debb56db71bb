import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/domain/actor.ts'
import { setUserRole } from '../../src/use-cases/accounts/set-user-role.ts'
import { globalId, openAccountsBench, registerUser, requester, run, type AccountsBench } from './support.ts'

let bench: AccountsBench
let adminId: string
let userId: string

beforeAll(async () => {
  bench = await openAccountsBench()
})
beforeEach(async () => {
  await bench.reset()
  adminId = (await registerUser(bench.services, 'admin@example.com')).userId
  userId = (await registerUser(bench.services, 'user@example.com')).userId
})
afterAll(() => bench.close())

const as = (id: string): { actor: Actor } => ({ actor: { kind: 'user', userId: id } })
const agent: { actor: Actor } = { actor: { kind: 'agent', tokenId: '00000000-0000-7000-8000-000000000000' } }
const nobody = '00000000-0000-7000-8000-000000000000'

describe('node', () => {
  const node = 'query ($id: ID!) { node(id: $id) { id ... on User { email } } }'
  const load = async (id: string, caller = {}) => {
    const { data, errors } = await run<{ node: unknown }>(bench.services, node, { id: globalId('User', id) }, caller)
    expect(errors).toBeUndefined()
    return data.node
  }

  test('users load themselves, admins everybody', async () => {
    const user = { id: globalId('User', userId), email: 'user@example.com' }
    expect(await load(userId, as(userId))).toEqual(user)
    expect(await load(userId, as(adminId))).toEqual(user)
  })

  test('to anybody else a user does not exist', async () => {
    expect(await load(adminId, as(userId))).toBeNull()
    for (const [caller, code] of [
      [{}, 'UNAUTHENTICATED'],
      [agent, 'FORBIDDEN'],
    ] as const)
      expect(await run(bench.services, node, { id: globalId('User', userId) }, caller)).toMatchObject({
        data: { node: null },
        errors: [{ extensions: { code } }],
      })
  })

  test('neither do those who do not exist, nor what is no id', async () => {
    expect(await load(nobody, as(adminId))).toBeNull()
    expect(await load('no uuid', as(adminId))).toBeNull()
    expect(await load('00000000-0000-0000-0000-000000000000', as(adminId))).toBeNull()
  })

  test('in one request of many ids, each is judged by itself', async () => {
    const ids = [userId, adminId, userId].map((id) => globalId('User', id))
    const nodes = 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on User { email } } }'
    expect(await run(bench.services, nodes, { ids }, as(userId))).toEqual({
      data: { nodes: [{ email: 'user@example.com' }, null, { email: 'user@example.com' }] },
    })
  })
})

interface Page {
  users: { edges: unknown; pageInfo: { hasNextPage: boolean; endCursor: string } }
}

describe('users', () => {
  const users = `query ($after: String) {
    users(first: 2, after: $after) { edges { node { email } } pageInfo { hasNextPage endCursor } }
  }`

  test('an admin pages through everybody', async () => {
    await registerUser(bench.services, 'third@example.com')
    const { data: first } = await run<Page>(bench.services, users, {}, as(adminId))
    expect(first.users.edges).toEqual([
      { node: { email: 'admin@example.com' } },
      { node: { email: 'user@example.com' } },
    ])
    const { data: rest } = await run<Page>(
      bench.services,
      users,
      { after: first.users.pageInfo.endCursor },
      as(adminId),
    )
    expect(rest.users).toMatchObject({
      edges: [{ node: { email: 'third@example.com' } }],
      pageInfo: { hasNextPage: false },
    })
  })

  test.each([
    ['a user', () => as(userId), 'FORBIDDEN'],
    ['an agent', () => agent, 'FORBIDDEN'],
    ['nobody', () => ({}), 'UNAUTHENTICATED'],
  ])('%s may not', async (_who, caller, code) => {
    const { data, errors } = await run(bench.services, users, {}, caller())
    expect(data).toEqual({ users: null })
    expect(errors).toMatchObject([{ extensions: { code } }])
  })
})

describe('setUserRole', () => {
  const mutation = `mutation ($userId: ID!, $role: UserRole!) {
    setUserRole(input: { userId: $userId, role: $role }) {
      __typename
      ... on User { email role version }
      ... on Error { code }
    }
  }`
  const set = async (id: string, role: 'USER' | 'ADMIN', caller = {}) => {
    const { data, errors } = await run<{ setUserRole: unknown }>(
      bench.services,
      mutation,
      { userId: globalId('User', id), role },
      caller,
    )
    expect(errors).toBeUndefined()
    return data.setUserRole
  }

  test('an admin makes another, who is one at once, and may then leave', async () => {
    expect(await set(userId, 'ADMIN', as(adminId))).toEqual({
      __typename: 'User',
      email: 'user@example.com',
      role: 'ADMIN',
      version: 2,
    })
    expect(await set(adminId, 'USER', as(userId))).toMatchObject({ role: 'USER' })
    expect(await set(userId, 'USER', as(adminId))).toMatchObject({ __typename: 'ForbiddenError' })
  })

  test('the last admin stays', async () => {
    expect(await set(adminId, 'USER', as(adminId))).toEqual({ __typename: 'InvalidInputError', code: 'LAST_ADMIN' })
    expect(await set(adminId, 'ADMIN', as(adminId))).toMatchObject({ role: 'ADMIN', version: 1 })
  })

  test('two admins who demote each other at once: one stays', async () => {
    const { database } = bench.services
    for (let round = 0; round < 10; round += 1) {
      await database.prisma.user.updateMany({ data: { role: 'ADMIN' } })
      const outcomes = await Promise.all([
        setUserRole(bench.services, { userId: adminId, role: 'USER' }, requester),
        setUserRole(bench.services, { userId, role: 'USER' }, requester),
      ])
      expect(outcomes.filter((outcome) => 'kind' in outcome)).toMatchObject([{ code: 'LAST_ADMIN' }])
      expect(await database.prisma.user.count({ where: { role: 'ADMIN' } })).toBe(1)
    }
  })

  test('of somebody who does not exist', async () => {
    expect(await set(nobody, 'ADMIN', as(adminId))).toEqual({ __typename: 'NotFoundError', code: 'NOT_FOUND' })
    expect(await set('no uuid', 'ADMIN', as(adminId))).toEqual({ __typename: 'NotFoundError', code: 'NOT_FOUND' })
  })

  test('is for admins', async () => {
    expect(await set(userId, 'ADMIN', as(userId))).toEqual({ __typename: 'ForbiddenError', code: 'FORBIDDEN' })
    expect(await set(userId, 'ADMIN', agent)).toEqual({ __typename: 'ForbiddenError', code: 'FORBIDDEN' })
    expect(await set(userId, 'ADMIN')).toEqual({ __typename: 'UnauthenticatedError', code: 'UNAUTHENTICATED' })
    expect(await bench.services.database.prisma.user.count({ where: { role: 'ADMIN' } })).toBe(1)
  })
})
