import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { login } from '../../src/use-cases/login.ts'
import { register } from '../../src/use-cases/register.ts'
import type { Services } from '../../src/use-cases/services.ts'
import { createSignInLimits } from '../../src/use-cases/sign-in-limits.ts'
import { address, openAccountsBench, password, registerUser, run, type AccountsBench } from './support.ts'

let bench: AccountsBench

beforeAll(async () => {
  bench = await openAccountsBench()
})
beforeEach(async () => {
  await bench.reset()
  await registerUser(bench.services, 'ada@example.com')
})
afterAll(() => bench.close())

const input = { email: 'ada@example.com', password, address, refreshable: true }
const wrong = { ...input, password: 'wrong password' }
const invalidCredentials = { kind: 'InvalidCredentialsError', code: 'INVALID_CREDENTIALS' }
const rateLimited = { kind: 'RateLimitedError', code: 'RATE_LIMITED' }

async function failTimes(count: number, attempt = wrong): Promise<void> {
  for (let index = 0; index < count; index += 1)
    expect(await login(bench.services, attempt)).toMatchObject(invalidCredentials)
}

test('the right password signs in, a wrong one does not', async () => {
  expect(await login(bench.services, input)).toMatchObject({
    accessToken: expect.any(String),
    refreshToken: expect.any(String),
  })
  expect(await login(bench.services, wrong)).toMatchObject(invalidCredentials)
})

test('without a cookie jar there is no refresh token, in the answer or in the database', async () => {
  const { prisma } = bench.services.database
  const before = await prisma.refreshToken.count()
  expect(await login(bench.services, { ...input, refreshable: false })).toMatchObject({ refreshToken: null })
  expect(await prisma.refreshToken.count()).toBe(before)
})

describe('an unknown email', () => {
  const unknown = { ...input, email: 'nobody@example.com' }

  test('answers exactly as a wrong password does', async () => {
    expect(await login(bench.services, unknown)).toEqual(await login(bench.services, wrong))
  })

  test('costs a password check: an unreadable decoy is noticed', async () => {
    const accounts = { ...bench.services.accounts, decoyPasswordHash: 'unreadable' }
    await expect(login({ ...bench.services, accounts }, unknown)).rejects.toThrow()
    // The control: a known email does not touch the decoy.
    expect(await login({ ...bench.services, accounts }, wrong)).toMatchObject(invalidCredentials)
  })

  test('costs what a known one does, and the password of the decoy opens nothing', async () => {
    const cost = (hash: string) => hash.split('$').slice(0, 4).join('$')
    const user = await bench.services.database.prisma.user.findFirstOrThrow()
    expect(cost(bench.services.accounts.decoyPasswordHash)).toBe(cost(user.passwordHash))
    const accounts = { ...bench.services.accounts, decoyPasswordHash: user.passwordHash }
    expect(await login({ ...bench.services, accounts }, unknown)).toMatchObject(invalidCredentials)
  })
})

describe('throttling by account', () => {
  test('after 5 failures the account is blocked, for the right password and from other addresses too', async () => {
    await failTimes(5)
    const outcome = await login(bench.services, { ...input, address: '198.51.100.7' })
    expect(outcome).toMatchObject(rateLimited)
    expect(outcome).toHaveProperty('retryAfterSeconds', expect.any(Number))
    const { retryAfterSeconds } = outcome as { retryAfterSeconds: number }
    expect(retryAfterSeconds).toBeGreaterThan(800)
    expect(retryAfterSeconds).toBeLessThanOrEqual(900)
  })

  test('another way to write the email is the same account', async () => {
    await failTimes(5)
    expect(await login(bench.services, { ...input, email: ' ADA@example.com' })).toMatchObject(rateLimited)
  })

  test('an unknown email is blocked in the same way', async () => {
    const unknown = { ...wrong, email: 'nobody@example.com' }
    await failTimes(5, unknown)
    expect(await login(bench.services, unknown)).toMatchObject(rateLimited)
  })

  test('a success forgets the failures before it', async () => {
    for (let round = 0; round < 3; round += 1) {
      await failTimes(4)
      expect(await login(bench.services, input)).toHaveProperty('accessToken')
    }
  })

  test('20 tries at once: no more than 5 reach the password', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => login(bench.services, wrong)))
    const kinds = outcomes.map((outcome) => ('kind' in outcome ? outcome.kind : 'Authentication'))
    expect(kinds.filter((kind) => kind === 'InvalidCredentialsError')).toHaveLength(5)
    expect(kinds.filter((kind) => kind === 'RateLimitedError')).toHaveLength(15)
  })

  test('20 aliases in one request: no more than 5 reach the password', async () => {
    const fields = Array.from(
      { length: 20 },
      (_, index) =>
        `a${index}: login(input: {email: "ada@example.com", password: "guess number ${index}"}) { __typename }`,
    )
    const { data } = await run<Record<string, { __typename: string }>>(
      bench.services,
      `mutation { ${fields.join('\n')} }`,
    )
    const types = Object.values(data).map(({ __typename }) => __typename)
    expect(types).toEqual([
      ...Array<string>(5).fill('InvalidCredentialsError'),
      ...Array<string>(15).fill('RateLimitedError'),
    ])
  })
})

describe('throttling by network', () => {
  const points = { loginByAccount: 5, loginByNetwork: 3, registrationByNetwork: 2, refreshByNetwork: 3 }
  let services: Services

  beforeEach(() => {
    const limits = createSignInLimits(bench.services.database.pool, points)
    services = { ...bench.services, accounts: { ...bench.services.accounts, limits } }
  })

  const guess = (index: number, from: string) =>
    login(services, { ...wrong, email: `user${index}@example.com`, address: from })

  test('failures at many accounts block their network, all of an IPv6 /64, and no other', async () => {
    for (let index = 0; index < 3; index += 1)
      expect(await guess(index, `2001:db8:0:1::${index}`)).toMatchObject(invalidCredentials)
    expect(await login(services, { ...input, address: '2001:db8:0:1:ffff::9' })).toMatchObject(rateLimited)
    expect(await login(services, { ...input, address: '2001:db8:0:2::1' })).toHaveProperty('accessToken')
  })

  test('successes do not count', async () => {
    for (let index = 0; index < 5; index += 1) expect(await login(services, input)).toHaveProperty('accessToken')
    expect(await guess(1, address)).toMatchObject(invalidCredentials)
  })

  test('a success does not forgive the failures of its network', async () => {
    await guess(1, address)
    await guess(2, address)
    expect(await login(services, input)).toHaveProperty('accessToken')
    await guess(3, address)
    expect(await login(services, input)).toMatchObject(rateLimited)
  })

  test('a blocked network uses up no points of an account', async () => {
    for (let index = 0; index < 3; index += 1) await guess(index, address)
    for (let index = 0; index < 6; index += 1) expect(await login(services, wrong)).toMatchObject(rateLimited)
    expect(await login(services, { ...input, address: '198.51.100.7' })).toHaveProperty('accessToken')
  })

  test('registrations are limited too', async () => {
    // One was made before each test, from this network.
    expect(await register(services, { ...input, email: 'bob@example.com' })).toHaveProperty('accessToken')
    expect(await register(services, { ...input, email: 'eve@example.com' })).toMatchObject(rateLimited)
    expect(await register(services, { ...input, email: 'eve@example.com', address: '198.51.100.7' })).toHaveProperty(
      'accessToken',
    )
  })

  test('where the table of limits fails, each process goes on counting by itself', async () => {
    const { pool } = bench.services.database
    await pool.query('ALTER TABLE rate_limit RENAME TO rate_limit_away')
    try {
      for (let index = 0; index < 3; index += 1) expect(await guess(index, address)).toMatchObject(invalidCredentials)
      expect(await guess(4, address)).toMatchObject(rateLimited)
    } finally {
      await pool.query('ALTER TABLE rate_limit_away RENAME TO rate_limit')
    }
  })
})
