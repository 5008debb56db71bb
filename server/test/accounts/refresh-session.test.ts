import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { authenticate } from '../../src/use-cases/accounts/authenticate.ts'
import { logout } from '../../src/use-cases/accounts/logout.ts'
import { purgeExpiredTokens } from '../../src/use-cases/accounts/purge-expired-tokens.ts'
import { parallelRefreshGraceMs, refreshSession } from '../../src/use-cases/accounts/refresh-session.ts'
import { createSignInLimits, signInWindows } from '../../src/use-cases/accounts/sign-in-limits.ts'
import { deriveKey } from '../../src/use-cases/accounts/derive-key.ts'
import { successorOf } from '../../src/use-cases/accounts/refresh-token.ts'
import { hashToken } from '../../src/use-cases/accounts/token-hash.ts'
import { address, expectAuthentication, openAccountsBench, registerUser, type AccountsBench } from './support.ts'

let bench: AccountsBench
let first: string
let userId: string

beforeAll(async () => {
  bench = await openAccountsBench()
})
beforeEach(async () => {
  await bench.reset()
  const authentication = await registerUser(bench.services, 'ada@example.com')
  first = authentication.refreshToken ?? ''
  userId = authentication.userId
})
afterAll(() => bench.close())

/** Negative rather than none: the column rounds to a millisecond, and of two at once the later one may have begun first. */
const withoutGrace = -10_000
/** So long that a slow machine does not outlast it. */
const patientGraceMs = 60_000
const expired = { kind: 'SessionExpiredError', code: 'SESSION_EXPIRED' }

const refresh = (refreshToken: string, graceMs?: number) =>
  refreshSession(bench.services, { refreshToken, address }, graceMs)

/** Refreshes, which must succeed; gives the successor. */
async function rotate(refreshToken: string): Promise<string> {
  return expectAuthentication(await refresh(refreshToken)).refreshToken ?? ''
}

/** Lets the database think that all that happened did so earlier. */
const age = (seconds: number) =>
  bench.services.database.pool.query(
    `UPDATE refresh_token SET used_at = used_at - make_interval(secs => $1), expires_at = expires_at - make_interval(secs => $1)`,
    [seconds],
  )

/** Those that could be exchanged, each once. */
async function liveTokens(): Promise<number> {
  const { rows } = await bench.services.database.pool.query(
    `SELECT FROM refresh_token JOIN sign_in ON sign_in.id = family_id WHERE used_at IS NULL AND ended_at IS NULL`,
  )
  return rows.length
}

test('a refresh gives a new token and an access token of the same user', async () => {
  const outcome = expectAuthentication(await refresh(first))
  expect(outcome.refreshToken).not.toBe(first)
  expect(await authenticate(bench.services, outcome.accessToken)).toMatchObject({ actor: { kind: 'user', userId } })
  await rotate(outcome.refreshToken ?? '')
})

test('tokens are stored hashed, for 30 days, all of one sign-in in one family', async () => {
  const second = await rotate(first)
  const rows = await bench.services.database.prisma.refreshToken.findMany({ orderBy: { id: 'asc' } })
  expect(rows.map(({ hash }) => hash)).toEqual([hashToken(first), hashToken(second)])
  expect(new Set(rows.map(({ familyId }) => familyId)).size).toBe(1)
  for (const { createdAt, expiresAt } of rows)
    expect(expiresAt.getTime() - createdAt.getTime()).toBe(30 * 24 * 3600 * 1000)
})

describe('a used token', () => {
  test('gets the same successor within the grace, as do all of many at once: the chain does not fork', async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => refresh(first, patientGraceMs)))
    const tokens = new Set(outcomes.map((outcome) => expectAuthentication(outcome).refreshToken ?? ''))
    expect(tokens.size).toBe(1)
    expect(await liveTokens()).toBe(1)
    await Promise.all([...tokens].map(rotate))
  })

  test('that was stolen and used within the grace is found out when both have gone on', async () => {
    const owners = await rotate(first)
    const thiefs = expectAuthentication(await refresh(first, patientGraceMs)).refreshToken ?? ''
    await rotate(thiefs)
    await age(parallelRefreshGraceMs / 1000 + 1)
    expect(await refresh(owners)).toMatchObject(expired)
    expect(await liveTokens()).toBe(0)
  })

  test('tells nothing of its successor to who has no key of the server', async () => {
    const stranger = deriveKey('another secret of 32 characters!!', 'refresh tokens')
    const accounts = { ...bench.services.accounts, refreshKey: stranger }
    expect(successorOf({ ...bench.services, accounts }, first).secret).not.toBe(await rotate(first))
  })

  test('that comes again after the grace revokes its whole family', async () => {
    const second = await rotate(first)
    await age(parallelRefreshGraceMs / 1000 + 1)
    expect(await refresh(first)).toMatchObject(expired)
    expect(await refresh(second)).toMatchObject(expired)
    expect(await liveTokens()).toBe(0)
  })

  test('just within the grace does not', async () => {
    const second = await rotate(first)
    await age(parallelRefreshGraceMs / 1000 - 2)
    expect(await rotate(first)).toBe(second)
    await rotate(second)
  })

  test('revokes no other sign-in of the user', async () => {
    const other = await registerUser(bench.services, 'bob@example.com')
    await rotate(first)
    await age(parallelRefreshGraceMs / 1000 + 1)
    expect(await refresh(first)).toMatchObject(expired)
    await rotate(other.refreshToken ?? '')
  })

  test('gets no grace once its family is revoked', async () => {
    const second = await rotate(first)
    await logout(bench.services, { refreshToken: second, address })
    expect(await refresh(first)).toMatchObject(expired)
  })
})

describe('races', () => {
  test('of one token without grace: one wins, and the reuse takes its prize away', async () => {
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => refresh(first, withoutGrace)))
    expect(outcomes.filter((outcome) => 'accessToken' in outcome)).toHaveLength(1)
    expect(await liveTokens()).toBe(0)
  })

  test('of a reuse and a rotation: no token of the family escapes the revocation', async () => {
    for (let round = 0; round < 20; round += 1) {
      await bench.reset()
      const start = await registerUser(bench.services, 'ada@example.com')
      const used = start.refreshToken ?? ''
      const current = await rotate(used)
      await Promise.all([refresh(used, withoutGrace), refresh(current)])
      expect(await liveTokens()).toBe(0)
    }
  })

  test('of a logout and a rotation: nothing is left', async () => {
    for (let round = 0; round < 20; round += 1) {
      await bench.reset()
      const start = await registerUser(bench.services, 'ada@example.com')
      const current = start.refreshToken ?? ''
      await Promise.all([logout(bench.services, { refreshToken: current, address }), refresh(current)])
      expect(await liveTokens()).toBe(0)
    }
  })
})

test('a sign-in ends after 90 days, however often it is refreshed, and so does all that it gave', async () => {
  const { pool, prisma } = bench.services.database
  const { createdAt, expiresAt } = await prisma.signIn.findFirstOrThrow()
  expect(expiresAt.getTime() - createdAt.getTime()).toBe(90 * 24 * 3600 * 1000)
  await pool.query(`UPDATE sign_in SET expires_at = now() + interval '5 minutes'`)
  const end = Date.now() + 5 * 60_000
  const outcome = expectAuthentication(await refresh(first))
  expect(outcome.expiresAt.getTime()).toBeLessThanOrEqual(end + 1_000)
  const successor = await prisma.refreshToken.findFirstOrThrow({ where: { usedAt: null } })
  expect(successor.expiresAt.getTime()).toBeLessThanOrEqual(end + 1_000)
  await age(301)
  expect(await refresh(outcome.refreshToken ?? '')).toMatchObject(expired)
})

test('an expired token is refused', async () => {
  await age(30 * 24 * 3600 + 1)
  expect(await refresh(first)).toMatchObject(expired)
})

test('a missing and an unknown token are refused', async () => {
  expect(await refreshSession(bench.services, { refreshToken: undefined, address })).toMatchObject(expired)
  expect(await refresh('unknown')).toMatchObject(expired)
  await rotate(first)
})

test('logout ends the sign-in, also by a token that was used before', async () => {
  const second = await rotate(first)
  await logout(bench.services, { refreshToken: first, address })
  expect(await refresh(second)).toMatchObject(expired)
  await logout(bench.services, { refreshToken: 'unknown', address })
})

test('refused tokens are limited by network; good ones do not count', async () => {
  const windows = { ...signInWindows, refreshByNetwork: [[2, 60]] as const }
  const limits = createSignInLimits(bench.services.database.pool, windows)
  const services = { ...bench.services, accounts: { ...bench.services.accounts, limits } }
  let token = first
  for (let index = 0; index < 4; index += 1)
    token = expectAuthentication(await refreshSession(services, { refreshToken: token, address })).refreshToken ?? ''
  expect(await refreshSession(services, { refreshToken: 'a', address })).toMatchObject(expired)
  expect(await refreshSession(services, { refreshToken: 'b', address })).toMatchObject(expired)
  expect(await refreshSession(services, { refreshToken: token, address })).toMatchObject({ kind: 'RateLimitedError' })
})

test('the purge takes what has expired and leaves the rest', async () => {
  await age(30 * 24 * 3600 + 1)
  const { refreshToken } = await registerUser(bench.services, 'bob@example.com')
  const { pool, prisma } = bench.services.database
  await pool.query(`INSERT INTO rate_limit VALUES ('old', 1, $1), ('new', 1, $2)`, [Date.now() - 3_700_000, Date.now()])

  expect(await purgeExpiredTokens(bench.services)).toBe(1)
  expect(await prisma.refreshToken.count()).toBe(1)
  const limits = await prisma.rateLimit.findMany({ where: { key: { in: ['old', 'new'] } } })
  expect(limits.map(({ key }) => key)).toEqual(['new'])
  await rotate(refreshToken ?? '')
})
