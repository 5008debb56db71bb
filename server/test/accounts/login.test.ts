import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { login } from '../../src/use-cases/accounts/login.ts'
import { register, type SignInInput } from '../../src/use-cases/accounts/register.ts'
import type { Services } from '../../src/use-cases/services.ts'
import { createSignInLimits, signInWindows } from '../../src/use-cases/accounts/sign-in-limits.ts'
import {
  address,
  expectAuthentication,
  openAccountsBench,
  password,
  registerUser,
  run,
  type AccountsBench,
} from './support.ts'

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

async function failTimes(count: number, attempt: SignInInput = wrong): Promise<void> {
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

/** From a device that has never signed in, in another network for each number. */
const stranger = (index: number) => ({ ...input, address: `198.51.100.${index}` })
const guess = (index: number) => ({ ...stranger(index), password: 'wrong password' })

/** Signs in as a browser does that keeps its cookies; gives the device's. */
async function deviceOf(attempt: SignInInput = input): Promise<string> {
  return expectAuthentication(await login(bench.services, attempt)).device ?? ''
}

describe('guessing at an account', () => {
  test('from one network is over after 5 failures, for minutes, and the wait is told', async () => {
    await failTimes(5, guess(1))
    const outcome = await login(bench.services, stranger(1))
    expect(outcome).toMatchObject(rateLimited)
    const { retryAfterSeconds } = outcome as { retryAfterSeconds: number }
    expect(retryAfterSeconds).toBeGreaterThan(280)
    expect(retryAfterSeconds).toBeLessThanOrEqual(300)
  })

  test('goes on more and more slowly: minutes after 5 failures, an hour after 10, a day after 20', async () => {
    const waitAfter = async (failures: number) => {
      await bench.services.database.pool.query(`DELETE FROM rate_limit WHERE key LIKE '%:300:%' OR key LIKE '%:3600:%'`)
      for (let index = 0; index < failures; index += 1) await login(bench.services, guess(1))
      return ((await login(bench.services, stranger(1))) as { retryAfterSeconds: number }).retryAfterSeconds
    }
    expect(await waitAfter(5)).toBeLessThanOrEqual(300)
    // Of its hour all is left, as the shorter windows are over: the day's alone goes on.
    await waitAfter(5)
    await waitAfter(5)
    expect(await waitAfter(5)).toBeGreaterThan(80_000)
    await bench.services.database.pool.query('TRUNCATE rate_limit')
    await failTimes(5, guess(1))
    await bench.services.database.pool.query(`DELETE FROM rate_limit WHERE key LIKE '%:300:%'`)
    await failTimes(5, guess(1))
    const hour = (await login(bench.services, stranger(1))) as { retryAfterSeconds: number }
    expect(hour.retryAfterSeconds).toBeGreaterThan(3_500)
    expect(hour.retryAfterSeconds).toBeLessThanOrEqual(3_600)
  })

  test('by 20 tries at once: no more than 5 reach the password', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => login(bench.services, wrong)))
    const kinds = outcomes.map((outcome) => ('kind' in outcome ? outcome.kind : 'Authentication'))
    expect(kinds.filter((kind) => kind === 'InvalidCredentialsError')).toHaveLength(5)
    expect(kinds.filter((kind) => kind === 'RateLimitedError')).toHaveLength(15)
  })

  test('by 20 aliases in one request: no more than 5 reach the password', async () => {
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

  test('with another way to write the email is guessing at the same account', async () => {
    await failTimes(5, guess(1))
    expect(await login(bench.services, { ...stranger(1), email: ' ADA@example.com' })).toMatchObject(rateLimited)
  })

  test('with an unknown email ends in the same way', async () => {
    const unknown = { ...wrong, email: 'nobody@example.com' }
    await failTimes(5, unknown)
    expect(await login(bench.services, unknown)).toMatchObject(rateLimited)
  })

  test('from many networks is bounded for all of them together', async () => {
    const limits = createSignInLimits(bench.services.database.pool, { ...signInWindows, loginByStrangers: [[7, 60]] })
    const services = { ...bench.services, accounts: { ...bench.services.accounts, limits } }
    for (let index = 1; index <= 7; index += 1)
      expect(await login(services, guess(index))).toMatchObject(invalidCredentials)
    expect(await login(services, guess(8))).toMatchObject(rateLimited)
    // A refused try takes nothing from whoever makes it.
    const { rows } = await bench.services.database.pool.query<{ points: number }>(
      `SELECT points FROM rate_limit WHERE key LIKE '%:198.51.100.8'`,
    )
    expect(rows.map(({ points }) => points)).toEqual([0, 0, 0, 0, 0])
    // Where the account was signed in to before, what strangers do does not count.
    expect(await login(services, input)).toHaveProperty('accessToken')
  })

  test("is forgotten at a success, as are all of the owner's own mistakes before it", async () => {
    for (let round = 0; round < 3; round += 1) {
      await failTimes(4)
      expect(await login(bench.services, input)).toHaveProperty('accessToken')
    }
  })
})

describe('a stranger cannot lock out', () => {
  test('an owner in another network', async () => {
    await failTimes(5, guess(1))
    expect(await login(bench.services, input)).toHaveProperty('accessToken')
    expect(await login(bench.services, stranger(2))).toHaveProperty('accessToken')
  })

  test('an owner in the same network, on a device that has signed in before', async () => {
    const device = await deviceOf(stranger(1))
    await failTimes(5, guess(1))
    expect(await login(bench.services, stranger(1))).toMatchObject(rateLimited)
    expect(await login(bench.services, { ...stranger(1), device })).toHaveProperty('accessToken')
  })

  test('an owner on such a device by failing at all accounts of a network', async () => {
    const device = await deviceOf(stranger(1))
    const windows = { ...signInWindows, loginByNetwork: [[3, 60]] as const }
    const limits = createSignInLimits(bench.services.database.pool, windows)
    const services = { ...bench.services, accounts: { ...bench.services.accounts, limits } }
    for (let index = 0; index < 3; index += 1) await login(services, { ...guess(1), email: `user${index}@example.com` })
    expect(await login(services, stranger(1))).toMatchObject(rateLimited)
    expect(await login(services, { ...stranger(1), device })).toHaveProperty('accessToken')
  })

  test('but a device that was stolen guesses no further than a stranger, and alone is locked out', async () => {
    const device = await deviceOf(stranger(1))
    await failTimes(5, { ...guess(2), device })
    expect(await login(bench.services, { ...stranger(3), device })).toMatchObject(rateLimited)
    expect(await login(bench.services, stranger(3))).toHaveProperty('accessToken')
  })

  test('by a device of another account, or one that nobody has', async () => {
    await registerUser(bench.services, 'eve@example.com')
    const device = await deviceOf({ ...stranger(1), email: 'eve@example.com' })
    await failTimes(5, guess(1))
    for (const foreign of [device, '', 'x'.repeat(1_000_000), "' OR true --"])
      expect(await login(bench.services, { ...stranger(1), device: foreign })).toMatchObject(rateLimited)
  })

  test('and a known device keeps its cookie; a new one gets one of its own', async () => {
    const device = await deviceOf(stranger(1))
    expect(await login(bench.services, { ...stranger(2), device })).toMatchObject({ device: null })
    expect(await deviceOf(stranger(1))).not.toBe(device)
    expect(await login(bench.services, { ...stranger(1), refreshable: false })).toMatchObject({ device: null })
  })
})

describe('throttling by network', () => {
  const windows = {
    ...signInWindows,
    loginByNetwork: [[3, 60]],
    registrationByNetwork: [[2, 60]],
  } as const
  let services: Services

  beforeEach(async () => {
    // The one registration before each test counted, too.
    await bench.services.database.pool.query('TRUNCATE rate_limit')
    const limits = createSignInLimits(bench.services.database.pool, windows)
    await limits.registrationByNetwork.spend(address)
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
