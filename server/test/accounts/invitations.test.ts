import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PasswordQueue } from '../../src/use-cases/accounts/password-queue.ts'
import type { Services } from '../../src/use-cases/services.ts'
import { address, globalId, openAccountsBench, password, run, type AccountsBench, type Caller } from './support.ts'

let bench: AccountsBench

beforeAll(async () => {
  bench = await openAccountsBench()
})
beforeEach(() => bench.reset())
afterAll(() => bench.close())

type Mode = Services['environment']['REGISTRATION']

/** The same server where registration is as a test says. */
const where = (mode: Mode): Services => ({
  ...bench.services,
  environment: { ...bench.services.environment, REGISTRATION: mode },
})

const registerMutation = `mutation ($input: CredentialsInput!) {
  register(input: $input) { __typename ... on Authentication { user { role } } ... on Error { code } }
}`

async function register(mode: Mode, email: string, invitation?: string) {
  const input = { email, password, ...(invitation !== undefined && { invitation }) }
  const { data } = await run<{ register: Record<string, unknown> }>(where(mode), registerMutation, { input })
  return data.register
}

const closed = { __typename: 'RegistrationClosedError', code: 'REGISTRATION_CLOSED' }
const refused = { __typename: 'RegistrationClosedError', code: 'INVITATION_REFUSED' }
const entered = { __typename: 'Authentication' }

/** An admin, the first of all. */
async function admin(): Promise<Caller> {
  await register('open', 'admin@example.com')
  const { id } = await bench.services.database.prisma.user.findFirstOrThrow()
  return { actor: { kind: 'user', userId: id } }
}

async function invite(caller: Caller, name = 'Grace', lifetimeHours?: number) {
  const query = `mutation ($input: CreateInvitationInput!) {
    createInvitation(input: $input) {
      __typename ... on CreateInvitationPayload { token invitation { id name usedAt } } ... on Error { code }
    }
  }`
  const { data } = await run<{ createInvitation: { token: string; invitation: { id: string } } }>(
    bench.services,
    query,
    { input: { name, lifetimeHours } },
    caller,
  )
  return data.createInvitation
}

test('where only the first may register, the first becomes the admin, and nobody comes after', async () => {
  const query = '{ registration { mode isOpen } }'
  expect(await run(where('first'), query)).toEqual({ data: { registration: { mode: 'FIRST', isOpen: true } } })
  expect(await register('first', 'first@example.com')).toEqual({ ...entered, user: { role: 'ADMIN' } })
  expect(await run(where('first'), query)).toEqual({ data: { registration: { mode: 'FIRST', isOpen: false } } })
  expect(await register('first', 'second@example.com')).toEqual(closed)
})

test('of many who want to be the first at once, one is', async () => {
  const outcomes = await Promise.all([1, 2, 3, 4].map((index) => register('first', `user${index}@example.com`)))
  expect(outcomes.filter(({ __typename }) => __typename === 'Authentication')).toHaveLength(1)
  expect(await bench.services.database.prisma.user.count()).toBe(1)
})

test('where it is closed not even the first may, and a stranger is not told who has an account', async () => {
  expect(await register('closed', 'first@example.com')).toEqual(closed)
  await admin()
  expect(await register('closed', 'admin@example.com')).toEqual(closed)
  expect(await register('closed', 'nobody@example.com')).toEqual(closed)
  expect(await register('closed', 'admin@example.com', 'rki_guessed')).toEqual(refused)
  expect(await register('closed', 'nobody@example.com', 'rki_guessed')).toEqual(refused)
})

describe('an invitation', () => {
  test('lets one person register, whatever the mode, and is used up by it', async () => {
    const caller = await admin()
    for (const mode of ['open', 'first', 'closed'] as const) {
      const { token, invitation } = await invite(caller, mode)
      expect(invitation).toMatchObject({ name: mode, usedAt: null })
      expect(await register(mode, `${mode}@example.com`, token)).toEqual({ ...entered, user: { role: 'USER' } })
      expect(await register(mode, `another-${mode}@example.com`, token)).toEqual(refused)
    }
  })

  test('is used by one of many at once', async () => {
    const { token } = await invite(await admin())
    const emails = [1, 2, 3, 4].map((index) => `user${index}@example.com`)
    const outcomes = await Promise.all(emails.map((email) => register('closed', email, token)))
    expect(outcomes.filter(({ __typename }) => __typename === 'Authentication')).toHaveLength(1)
    expect(await bench.services.database.prisma.user.count()).toBe(2)
  })

  test('is not used up by an email that has an account, or a bad password', async () => {
    const { token } = await invite(await admin())
    expect(await register('closed', 'admin@example.com', token)).toMatchObject({ __typename: 'EmailTakenError' })
    expect(await register('closed', 'no email', token)).toMatchObject({ __typename: 'InvalidInputError' })
    expect(await register('closed', 'grace@example.com', token)).toMatchObject(entered)
  })

  test('ends by itself, or when it is revoked', async () => {
    const caller = await admin()
    const { token } = await invite(caller, 'Grace', 1)
    await bench.services.database.pool.query(`UPDATE invitation SET expires_at = expires_at - interval '1 hour'`)
    expect(await register('closed', 'grace@example.com', token)).toEqual(refused)

    const { token: another, invitation } = await invite(caller)
    const revoke = 'mutation ($id: ID!) { revokeInvitation(input: { id: $id }) { __typename } }'
    expect(await run(bench.services, revoke, { id: invitation.id }, caller)).toEqual({
      data: { revokeInvitation: { __typename: 'Invitation' } },
    })
    expect(await register('closed', 'grace@example.com', another)).toEqual(refused)
    for (const id of [globalId('Invitation', '00000000-0000-7000-8000-000000000000'), 'nonsense'])
      expect(await run(bench.services, revoke, { id }, caller)).toEqual({
        data: { revokeInvitation: { __typename: 'NotFoundError' } },
      })
  })

  test('is stored hashed', async () => {
    const { token } = await invite(await admin())
    expect(token).toMatch(/^rki_[\w-]{43}$/)
    expect(JSON.stringify(await bench.services.database.prisma.invitation.findMany())).not.toContain(token)
  })

  test.each([
    ['', 1],
    ['x'.repeat(101), 1],
    ['Grace', 0],
    ['Grace', 721],
    ['Grace', -1],
  ])('is refused for "%s" and %s hours', async (name, hours) => {
    expect(await invite(await admin(), name, hours)).toMatchObject({ code: 'INVALID_INPUT' })
  })

  test('is made, seen and revoked by admins alone', async () => {
    const caller = await admin()
    const { invitation } = await invite(caller)
    await register('open', 'user@example.com')
    const user = await bench.services.database.prisma.user.findUniqueOrThrow({ where: { email: 'user@example.com' } })
    const others: Caller[] = [
      { actor: { kind: 'user', userId: user.id } },
      { actor: { kind: 'agent', tokenId: user.id } },
      {},
    ]
    const list = '{ invitations { edges { node { name } } } }'
    const node = 'query ($id: ID!) { node(id: $id) { id } }'
    expect(await run(bench.services, list, {}, caller)).toEqual({
      data: { invitations: { edges: [{ node: { name: 'Grace' } }] } },
    })
    expect(await run(bench.services, node, { id: invitation.id }, caller)).toMatchObject({ data: { node: {} } })
    for (const other of others) {
      expect(await invite(other)).toMatchObject({ __typename: expect.stringMatching(/^(Forbidden|Unauthent)/) })
      expect(await run(bench.services, list, {}, other)).toMatchObject({ data: { invitations: null }, errors: [{}] })
      expect(await run(bench.services, node, { id: invitation.id }, other)).toMatchObject({ data: { node: null } })
    }
  })
})

test('an invitation that is not good has no password hashed', async () => {
  const place = {
    kind: 'place' as const,
    compute: () => Promise.reject(new Error('a password was to be hashed')),
    leave: () => undefined,
  }
  const passwordQueue = Object.assign(new PasswordQueue(), { enter: () => place })
  const services = { ...where('closed'), accounts: { ...bench.services.accounts, passwordQueue } }
  const input = { email: 'eve@example.com', password, invitation: 'rki_guessed' }
  expect(await run(services, registerMutation, { input }, { address })).toEqual({ data: { register: refused } })
})
