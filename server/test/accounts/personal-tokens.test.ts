import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/domain/actor.ts'
import { authenticate } from '../../src/use-cases/accounts/authenticate.ts'
import { tokenBounds } from '../../src/use-cases/accounts/personal-tokens.ts'
import { createSignInLimits, signInWindows } from '../../src/use-cases/accounts/sign-in-limits.ts'
import { TokenThrottle } from '../../src/use-cases/accounts/token-throttle.ts'
import type { Services } from '../../src/use-cases/services.ts'
import { address, globalId, openAccountsBench, registerUser, run, type AccountsBench } from './support.ts'

let bench: AccountsBench
let services: Services
let admin: Actor & { kind: 'user' }
let user: Actor & { kind: 'user' }

beforeAll(async () => {
  bench = await openAccountsBench()
  services = bench.services
})
beforeEach(async () => {
  await bench.reset()
  admin = { kind: 'user', userId: (await registerUser(services, 'admin@example.com')).userId }
  user = { kind: 'user', userId: (await registerUser(services, 'user@example.com')).userId }
})
afterAll(() => bench.close())

const createMutation = `mutation ($input: CreatePersonalTokenInput!) {
  createPersonalToken(input: $input) {
    __typename
    ... on CreatePersonalTokenPayload {
      token personalToken { id name scopes createdAt expiresAt lastUsedAt revokedAt }
    }
    ... on Error { code message }
    ... on ForbiddenError { missingScope }
  }
}`
const revokeMutation = `mutation ($id: ID!) {
  revokePersonalToken(input: { id: $id }) { __typename ... on PersonalToken { id revokedAt } ... on Error { code } }
}`

/** Where it succeeds. */
interface Created {
  token: string
  personalToken: { id: string; scopes: string[]; createdAt: string; expiresAt: string }
}

async function create(input: object = {}, actor: Actor = user) {
  const variables = { input: { name: 'script', scopes: ['SUBMIT'], ...input } }
  const { data, errors } = await run<{ createPersonalToken: Created }>(services, createMutation, variables, { actor })
  expect(errors).toBeUndefined()
  return data.createPersonalToken
}

async function revoke(id: string, actor: Actor = user) {
  const { data, errors } = await run<{ revokePersonalToken: unknown }>(services, revokeMutation, { id }, { actor })
  expect(errors).toBeUndefined()
  return data.revokePersonalToken
}

async function list(actor: Actor = user) {
  const document = '{ viewer { personalTokens { id revokedAt } } }'
  const { data } = await run<{ viewer: { personalTokens: { id: string }[] } }>(services, document, {}, { actor })
  return data.viewer.personalTokens.map(({ id }) => id)
}

const rows = () => services.database.prisma.personalToken.findMany()
const invalid = { kind: 'refused', reason: 'invalid' }

test('a token is shown once, stored hashed, and stands for its user within its scopes', async () => {
  const created = await create({ name: '  nightly ', scopes: ['SUBMIT', 'SUBMIT'] })
  expect(created).toEqual({
    __typename: 'CreatePersonalTokenPayload',
    token: expect.stringMatching(/^rkp_[\w-]{43}$/),
    personalToken: {
      id: expect.any(String),
      name: 'nightly',
      scopes: ['READ', 'SUBMIT'],
      createdAt: expect.any(String),
      expiresAt: expect.any(String),
      lastUsedAt: null,
      revokedAt: null,
    },
  })
  const { id, createdAt, expiresAt } = created.personalToken
  expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(90 * 86_400_000)
  const [row] = await rows()
  expect(JSON.stringify(row)).not.toContain(created.token)
  expect(await authenticate(services, created.token)).toEqual({
    kind: 'accepted',
    actor: { kind: 'user', userId: user.userId, token: { id: row?.id, scopes: ['READ', 'SUBMIT'] } },
    expiresAt: new Date(expiresAt),
  })
  expect(await list()).toEqual([id])
})

test('its use is noted, at most once a minute', async () => {
  const { token } = await create()
  const lastUsedAt = async () => (await rows())[0]?.lastUsedAt?.getTime() ?? 0
  await authenticate(services, token)
  expect(await lastUsedAt()).toBeGreaterThan(0)
  const earlier = (seconds: number) =>
    services.database.pool.query(`UPDATE personal_token SET last_used_at = last_used_at - interval '${seconds} s'`)

  await earlier(55)
  const recent = await lastUsedAt()
  await Promise.all([authenticate(services, token), authenticate(services, token)])
  expect(await lastUsedAt()).toBe(recent)
  await earlier(10)
  await authenticate(services, token)
  expect(await lastUsedAt()).toBeGreaterThan(recent)
})

test.each([
  [{ name: '' }, 'name'],
  [{ lifetimeDays: 0 }, 'lifetimeDays'],
  [{ lifetimeDays: 367 }, 'lifetimeDays'],
  [{ scopes: ['ADMIN'] }, 'scopes: ADMIN is for admins'],
])('%o is refused', async (input, message) => {
  expect(await create(input)).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining(message) })
  expect(await rows()).toEqual([])
})

test('an expired token is refused as one that is unknown: nothing renews it', async () => {
  const { token } = await create({ lifetimeDays: 1 })
  expect(await authenticate(services, token)).toMatchObject({ kind: 'accepted' })
  await services.database.pool.query(`UPDATE personal_token SET expires_at = now()`)
  expect(await authenticate(services, token)).toEqual(invalid)
})

test('unknown tokens are refused, whatever they look like', async () => {
  const { token } = await create()
  for (const text of [
    'rkp_',
    `${token}x`,
    token.slice(0, -1),
    token.replace('rkp_', ''),
    token.replace('rkp_', 'rka_'),
  ])
    expect(await authenticate(services, text)).toEqual(invalid)
})

test('a revoked token is refused; the revocation is announced once it is committed', async () => {
  const { token, personalToken } = await create()
  const heard: { ids: string[]; revoked: Promise<boolean> }[] = []
  const stop = services.announcer.on('personalTokensRevoked', ({ ids }) =>
    heard.push({
      ids: ids.map((id) => globalId('PersonalToken', id)),
      revoked: rows().then(([row]) => row?.revokedAt instanceof Date),
    }),
  )
  const revoked = await revoke(personalToken.id)
  expect(revoked).toEqual({ __typename: 'PersonalToken', id: personalToken.id, revokedAt: expect.any(String) })
  expect(await authenticate(services, token)).toEqual(invalid)
  expect(heard.map(({ ids }) => ids)).toEqual([[personalToken.id]])
  expect(await heard[0]?.revoked).toBe(true)

  // Again: the time stays, those who missed it hear it.
  expect(await revoke(personalToken.id)).toEqual(revoked)
  expect(heard).toHaveLength(2)
  stop()
})

test('what a replica did not hear of, it finds', async () => {
  const { personalToken } = await create()
  await services.database.pool.query(`UPDATE personal_token SET revoked_at = now()`)
  const heard: string[] = []
  const stop = services.announcer.on('personalTokensRevoked', ({ ids }) => heard.push(...ids))
  await services.accounts.revokedTokens.catchUp()
  stop()
  expect(heard.map((id) => globalId('PersonalToken', id))).toEqual([personalToken.id])
})

test('tokens of others are not there, but for an admin', async () => {
  const { personalToken, token } = await create()
  const { id } = personalToken
  const other: Actor = { kind: 'user', userId: (await registerUser(services, 'other@example.com')).userId }
  const node = async (actor: Actor) =>
    (await run(services, 'query ($id: ID!) { node(id: $id) { id } }', { id }, { actor })).data
  expect(await node(other)).toEqual({ node: null })
  expect(await list(other)).toEqual([])
  expect(await revoke(id, other)).toEqual({ __typename: 'NotFoundError', code: 'NOT_FOUND' })
  expect(await authenticate(services, token)).toMatchObject({ kind: 'accepted' })

  expect(await node(admin)).toEqual({ node: { id } })
  expect(await revoke(id, admin)).toMatchObject({ __typename: 'PersonalToken' })
  expect(await authenticate(services, token)).toEqual(invalid)
})

test('a user has so many that are good, also when many are made at once, and sees so many that are not', async () => {
  const outcomes = await Promise.all(Array.from({ length: tokenBounds.good + 10 }, () => create()))
  const made = outcomes.filter((outcome) => 'token' in outcome).length
  // Of those that were made at once at the edge, some may have given way to others that did too.
  for (let more = made; more < tokenBounds.good; more++) expect(await create()).toHaveProperty('token')
  expect(await rows()).toHaveLength(tokenBounds.good)
  expect(await create()).toMatchObject({ __typename: 'InvalidInputError', code: 'TOO_MANY_TOKENS' })
  // Another's are counted apart.
  expect(await create({}, admin)).toHaveProperty('token')

  await services.database.pool.query(
    `INSERT INTO personal_token (id, user_id, name, hash, scopes, expires_at)
     SELECT gen_random_uuid(), $1, 'expired', sha256(n::text::bytea), '{READ}', now() FROM generate_series(1, 70) n`,
    [user.userId],
  )
  await services.database.pool.query(
    `DELETE FROM personal_token WHERE id = (SELECT id FROM personal_token
    WHERE user_id = $1 AND expires_at > now() LIMIT 1)`,
    [user.userId],
  )
  await create()
  expect(await list()).toHaveLength(tokenBounds.good + tokenBounds.ended)
})

describe('guessing', () => {
  const windows = { ...signInWindows, tokenByNetwork: [[2, 60]] as const }
  const guess = (guesser: Services, from = address) => authenticate(guesser, 'rkp_guessed', from)

  function throttled(): Services {
    const { accounts, clock, database } = services
    const limits = createSignInLimits(database.pool, windows)
    return { ...services, accounts: { ...accounts, tokenThrottle: new TokenThrottle(limits.tokenByNetwork, clock) } }
  }

  test('is bounded for a network, and locks out neither others nor who came with a good token before', async () => {
    const guessed = throttled()
    const known = await create()
    const fresh = await create()
    expect(await authenticate(guessed, known.token, address)).toMatchObject({ kind: 'accepted' })
    for (let n = 0; n < 3; n++) expect(await guess(guessed)).toEqual(invalid)
    const refusal = { kind: 'refused', reason: 'throttled', retryAfterSeconds: 60 }
    expect(await guess(guessed)).toEqual(refusal)
    expect(await authenticate(guessed, fresh.token, address)).toEqual(refusal)
    expect(await authenticate(guessed, known.token, address)).toMatchObject({ kind: 'accepted' })
    expect(await authenticate(guessed, fresh.token, '198.51.100.1')).toMatchObject({ kind: 'accepted' })

    bench.clock.time += 61_000
    expect(await authenticate(guessed, fresh.token, address)).toMatchObject({ kind: 'accepted' })
  })

  test('spares no token that was good and is revoked', async () => {
    const guessed = throttled()
    const { token, personalToken } = await create()
    await authenticate(guessed, token, address)
    for (let n = 0; n < 3; n++) await guess(guessed)
    await revoke(personalToken.id)
    expect(await authenticate(guessed, token, address)).toEqual(invalid)
  })
})
