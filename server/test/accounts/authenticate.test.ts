import { decodeJwt, decodeProtectedHeader, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { authenticate } from '../../src/use-cases/accounts/authenticate.ts'
import { jwtSecret, openAccountsBench, registerUser, type AccountsBench } from './support.ts'

let bench: AccountsBench
let token: string
let userId: string
let signInId: string

beforeAll(async () => {
  bench = await openAccountsBench()
})
beforeEach(async () => {
  await bench.reset()
  bench.clock.time = Date.now()
  const authentication = await registerUser(bench.services, 'ada@example.com')
  token = authentication.accessToken
  userId = authentication.userId
  const signIn = await bench.services.database.prisma.signIn.findFirstOrThrow()
  signInId = signIn.id
})
afterAll(() => bench.close())

const key = new TextEncoder().encode(jwtSecret)
const invalid = { kind: 'refused', reason: 'invalid' }

test('an access token tells its user and when it expires', async () => {
  const issuedAt = Math.floor(bench.clock.time / 1000)
  expect(await authenticate(bench.services, token)).toEqual({
    kind: 'accepted',
    actor: { kind: 'user', userId, signInId },
    expiresAt: new Date((issuedAt + 15 * 60) * 1000),
  })
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', typ: 'at+jwt' })
  expect(decodeJwt(token)).toEqual({
    iss: 'reckon',
    aud: 'reckon-api',
    sub: userId,
    sid: signInId,
    iat: issuedAt,
    exp: issuedAt + 15 * 60,
    jti: expect.any(String),
  })
})

test('it is refused as expired after 15 minutes and a small tolerance', async () => {
  bench.clock.time += (15 * 60 + 3) * 1000
  expect(await authenticate(bench.services, token)).toMatchObject({ kind: 'accepted' })
  bench.clock.time += 5_000
  expect(await authenticate(bench.services, token)).toEqual({ kind: 'refused', reason: 'expired' })
})

describe('a token signed with our key', () => {
  /** A token that is right in all but what a test changes. */
  function forge(
    change: Record<string, unknown> = {},
    header: { alg: string; typ?: string } = { alg: 'HS256', typ: 'at+jwt' },
  ) {
    const now = Math.floor(bench.clock.time / 1000)
    const claims = {
      iss: 'reckon',
      aud: 'reckon-api',
      sub: userId,
      sid: signInId,
      iat: now,
      exp: now + 60,
      jti: 'id',
      ...change,
    }
    return new SignJWT(JSON.parse(JSON.stringify(claims)) as typeof claims).setProtectedHeader(header)
  }

  test('is accepted where all is right', async () => {
    expect(await authenticate(bench.services, await forge().sign(key))).toMatchObject({ kind: 'accepted' })
  })

  test.each([
    ['another audience', { aud: 'another-api' }],
    ['no audience', { aud: undefined }],
    ['another issuer', { iss: 'another' }],
    ['no issuer', { iss: undefined }],
    ['no expiry', { exp: undefined }],
    ['no subject', { sub: undefined }],
    ['a subject that is no text', { sub: 7 }],
    ['no sign-in', { sid: undefined }],
    ['a sign-in that is no text', { sid: 7 }],
    ['no time of issue', { iat: undefined }],
    ['no id', { jti: undefined }],
  ])('is refused with %s', async (_case, change) => {
    expect(await authenticate(bench.services, await forge(change).sign(key))).toEqual(invalid)
  })

  test('is refused with another algorithm or another type', async () => {
    const longKey = new TextEncoder().encode(jwtSecret.repeat(2))
    const accounts = { ...bench.services.accounts, jwtKey: longKey }
    const other = await forge({}, { alg: 'HS512', typ: 'at+jwt' }).sign(longKey)
    expect(await authenticate({ ...bench.services, accounts }, other)).toEqual(invalid)
    expect(await authenticate(bench.services, await forge({}, { alg: 'HS256', typ: 'JWT' }).sign(key))).toEqual(invalid)
    expect(await authenticate(bench.services, await forge({}, { alg: 'HS256' }).sign(key))).toEqual(invalid)
  })

  test('is refused as invalid, not as expired, where it is both', async () => {
    const now = Math.floor(bench.clock.time / 1000)
    expect(await authenticate(bench.services, await forge({ exp: now - 60, aud: 'another-api' }).sign(key))).toEqual(
      invalid,
    )
  })
})

test('a token without a signature, with another key, changed on the way, or of no form is refused', async () => {
  const unsigned = new UnsecuredJWT(decodeJwt(token)).encode()
  expect(await authenticate(bench.services, unsigned)).toEqual(invalid)

  const [header = '', payload = '', signature = ''] = token.split('.')
  const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url')
  expect(await authenticate(bench.services, `${none}.${payload}.`)).toEqual(invalid)
  expect(await authenticate(bench.services, `${none}.${payload}.${signature}`)).toEqual(invalid)

  const claims = { ...decodeJwt(token), sub: '00000000-0000-7000-8000-000000000000' }
  const changed = Buffer.from(JSON.stringify(claims)).toString('base64url')
  expect(await authenticate(bench.services, `${header}.${changed}.${signature}`)).toEqual(invalid)

  const stranger = { ...bench.services.accounts, jwtKey: new TextEncoder().encode('another secret of 32 characters!!') }
  expect(await authenticate({ ...bench.services, accounts: stranger }, token)).toEqual(invalid)

  for (const text of ['', ' ', 'x', 'a.b.c', '....', `Bearer ${token}`, 'null'])
    expect(await authenticate(bench.services, text)).toEqual(invalid)
})
