import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  createCookieJar,
  globalId,
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
beforeEach(() => bench.reset())
afterAll(() => bench.close())

const authentication = `
  __typename
  ... on Authentication { accessToken expiresAt user { id email role version createdAt } }
  ... on Error { code message }
`
const register = `mutation ($input: CredentialsInput!) { register(input: $input) { ${authentication} } }`
const login = `mutation ($input: CredentialsInput!) { login(input: $input) { ${authentication} } }`
const refreshSession = `mutation { refreshSession { ${authentication} } }`
const logout = 'mutation { logout { loggedOut } }'
const ada = { input: { email: 'Ada@example.com', password } }

test('register answers with the user and puts the refresh token into the cookie alone', async () => {
  const refreshCookie = createCookieJar()
  const result = await run(bench.services, register, ada, { refreshCookie })
  const user = await bench.services.database.prisma.user.findFirstOrThrow()
  expect(result).toEqual({
    data: {
      register: {
        __typename: 'Authentication',
        accessToken: expect.any(String),
        expiresAt: expect.any(String),
        user: {
          id: globalId('User', user.id),
          email: 'ada@example.com',
          role: 'ADMIN',
          version: 1,
          createdAt: user.createdAt.toISOString(),
        },
      },
    },
  })
  expect(refreshCookie).toMatchObject({ value: expect.any(String), maxAgeSeconds: 30 * 24 * 3600 })
  expect(JSON.stringify(result)).not.toContain(refreshCookie.value)
})

test('failures are members of the result, not errors', async () => {
  const refreshCookie = createCookieJar()
  await run(bench.services, register, ada)
  const fields = 'register(input: $input) { __typename ... on InvalidInputError { code fields { path message } } }'
  expect(await run(bench.services, register, ada, { refreshCookie })).toMatchObject({
    data: { register: { __typename: 'EmailTakenError', code: 'EMAIL_TAKEN' } },
  })
  expect(
    await run(bench.services, `mutation ($input: CredentialsInput!) { ${fields} }`, {
      input: { email: 'x', password },
    }),
  ).toEqual({
    data: {
      register: {
        __typename: 'InvalidInputError',
        code: 'INVALID_INPUT',
        fields: [{ path: 'email', message: 'must be an email address, such as ada@example.com' }],
      },
    },
  })
  const wrong = { input: { ...ada.input, password: 'wrong password' } }
  expect(await run(bench.services, login, wrong, { refreshCookie })).toMatchObject({
    data: { login: { __typename: 'InvalidCredentialsError', code: 'INVALID_CREDENTIALS' } },
  })
  expect(refreshCookie.value).toBeUndefined()
})

test('refreshSession exchanges the cookie; a refusal clears it', async () => {
  const refreshCookie = createCookieJar()
  await run(bench.services, register, ada)
  await run(bench.services, login, ada, { refreshCookie })
  const before = refreshCookie.value
  expect(await run(bench.services, refreshSession, {}, { refreshCookie })).toMatchObject({
    data: { refreshSession: { __typename: 'Authentication', user: { email: 'ada@example.com' } } },
  })
  expect(refreshCookie.value).toEqual(expect.any(String))
  expect(refreshCookie.value).not.toBe(before)

  refreshCookie.value = 'unknown'
  expect(await run(bench.services, refreshSession, {}, { refreshCookie })).toMatchObject({
    data: { refreshSession: { __typename: 'SessionExpiredError', code: 'SESSION_EXPIRED' } },
  })
  expect(refreshCookie.value).toBeUndefined()
})

test('logout clears the cookie and ends its session', async () => {
  const refreshCookie = createCookieJar()
  await run(bench.services, register, ada, { refreshCookie })
  const token = refreshCookie.value
  expect(await run(bench.services, logout, {}, { refreshCookie })).toEqual({ data: { logout: { loggedOut: true } } })
  expect(refreshCookie.value).toBeUndefined()

  refreshCookie.value = token
  expect(await run(bench.services, refreshSession, {}, { refreshCookie })).toMatchObject({
    data: { refreshSession: { __typename: 'SessionExpiredError' } },
  })
})

test('over a socket, which has no cookie: access tokens, but no session to refresh or to end', async () => {
  expect(await run(bench.services, register, ada)).toMatchObject({
    data: { register: { accessToken: expect.any(String) } },
  })
  expect(await run(bench.services, login, ada)).toMatchObject({ data: { login: { accessToken: expect.any(String) } } })
  expect(await run(bench.services, refreshSession)).toMatchObject({
    data: { refreshSession: { __typename: 'SessionExpiredError' } },
  })
  expect(await run(bench.services, logout)).toEqual({ data: { logout: { loggedOut: false } } })
})

test('the viewer is the signed-in user, and null for anybody else', async () => {
  const { userId } = await registerUser(bench.services, 'ada@example.com')
  const viewer = '{ viewer { email } }'
  expect(await run(bench.services, viewer, {}, { actor: { kind: 'user', userId } })).toEqual({
    data: { viewer: { email: 'ada@example.com' } },
  })
  expect(await run(bench.services, viewer)).toEqual({ data: { viewer: null } })
  const agent = { kind: 'agent', tokenId: userId } as const
  expect(await run(bench.services, viewer, {}, { actor: agent })).toEqual({ data: { viewer: null } })
})
