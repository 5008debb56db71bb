import { createClient } from 'graphql-ws'
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { beginSignIn } from '../../src/store/accounts/begin-sign-in.ts'
import { changePassword } from '../../src/store/accounts/change-password.ts'
import { closeCodes } from '../../src/use-cases/agents/close-codes.ts'
import { ApiClient } from '../support/api-client.ts'
import { whenTestIsDone } from '../support/cleanup.ts'
import { createTestDatabase } from '../support/database.ts'
import { register } from '../support/people.ts'
import { startTestApp, type TestApp } from '../support/test-app.ts'

const password = 'correct horse battery'
const input = { email: 'ada@example.com', password }
const authentication = '__typename ... on Authentication { accessToken } ... on Error { code }'

/** A browser, so far as cookies go. */
class Browser {
  readonly app: TestApp
  readonly #cookies = new Map<string, string>()
  token = ''

  constructor(app: TestApp) {
    this.app = app
  }

  async run(query: string, variables: Record<string, unknown> = {}, token = this.token) {
    const response = await fetch(this.app.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(token !== '' && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      this.#cookies.set(name, value)
    }
    const answer = (await response.json()) as { data?: Record<string, Record<string, unknown> | null> }
    return answer.data ?? {}
  }

  async enter(field: 'register' | 'login', secret = password): Promise<void> {
    const query = `mutation ($input: CredentialsInput!) { ${field}(input: $input) { ${authentication} } }`
    const { [field]: outcome } = await this.run(query, { input: { ...input, password: secret } }, '')
    if (typeof outcome?.['accessToken'] !== 'string') throw new Error(JSON.stringify(outcome))
    this.token = outcome['accessToken']
  }

  async email(token = this.token): Promise<unknown> {
    return (await this.run('{ viewer { email } }', {}, token))['viewer']?.['email']
  }

  /** Opens a socket; `closed` resolves with the code that it is closed with. */
  async socket(app = this.app): Promise<{ readonly closed: Promise<number> }> {
    let close: (code: number) => void = () => {}
    const closed = new Promise<number>((resolve) => (close = resolve))
    await new Promise<void>((resolve, reject) => {
      const client = createClient({
        url: app.socketUrl,
        webSocketImpl: WebSocket,
        connectionParams: { token: this.token },
        retryAttempts: 0,
        lazy: false,
        onNonLazyError: reject,
        on: {
          connected: () => resolve(),
          closed: (event) => {
            close((event as { code: number }).code)
          },
        },
      })
      whenTestIsDone(() => client.dispose())
    })
    return { closed }
  }
}

async function startReplicas(): Promise<[TestApp, TestApp]> {
  const database = await createTestDatabase()
  whenTestIsDone(() => database.drop())
  const start = () => startTestApp({ databaseUrl: database.url, alone: false })
  return [await start(), await start()]
}

test('signing out ends the access tokens and the sockets of that sign-in, at all replicas, and no other', async () => {
  const [here, there] = await startReplicas()
  const [leaving, staying] = [new Browser(here), new Browser(here)]
  await leaving.enter('register')
  await staying.enter('login')
  const sockets = [await leaving.socket(), await leaving.socket(there)]
  let isOpen = true
  const other = await staying.socket(there)
  void other.closed.then(() => (isOpen = false))

  expect(await leaving.run('mutation { logout { loggedOut } }')).toEqual({ logout: { loggedOut: true } })
  expect(await Promise.all(sockets.map(({ closed }) => closed))).toEqual([closeCodes.FORBIDDEN, closeCodes.FORBIDDEN])
  expect(await leaving.email()).toBeUndefined()
  await expect(leaving.socket(there)).rejects.toBeDefined()
  expect(await staying.email()).toBe(input.email)
  expect(isOpen).toBe(true)
})

test('a replica that did not hear of it learns it from the database', async () => {
  const [here, there] = await startReplicas()
  const browser = new Browser(here)
  await browser.enter('register')
  const socket = await browser.socket(there)
  // As if the message had been lost: the row alone tells.
  const { services } = there.app
  await services.database.pool.query('UPDATE sign_in SET ended_at = now()')
  await services.accounts.endedSignIns.catchUp()
  expect(await socket.closed).toBe(closeCodes.FORBIDDEN)
})

test('a server that starts anew knows which sign-ins were ended before', async () => {
  const database = await createTestDatabase()
  whenTestIsDone(() => database.drop())
  const before = await startTestApp({ databaseUrl: database.url })
  const browser = new Browser(before)
  await browser.enter('register')
  const stolen = browser.token
  await browser.run('mutation { logout { loggedOut } }')
  await before.stop()
  const after = await startTestApp({ databaseUrl: database.url })
  expect(await new Browser(after).email(stolen)).toBeUndefined()
})

test('whoever is signed in over a socket alone signs out there, and gets the answer before it closes', async () => {
  const app = await startTestApp()
  const browser = new Browser(app)
  await browser.enter('register')
  const client = new ApiClient(app.socketUrl, browser.token)
  expect(await client.get('mutation { logout { loggedOut } }')).toEqual({ logout: { loggedOut: true } })
  expect(await browser.email()).toBeUndefined()
})

test("signing out everywhere ends all sign-ins of the user, and nobody else's", async () => {
  const app = await startTestApp()
  const [thief, owner] = [new Browser(app), new Browser(app)]
  await thief.enter('register')
  await owner.enter('login')
  const eve = await register(app, 'eve@example.com')
  const socket = await thief.socket()
  const everywhere = 'mutation { logoutEverywhere { __typename ... on LogoutEverywherePayload { endedSessions } } }'
  expect(await owner.run(everywhere)).toMatchObject({ logoutEverywhere: { endedSessions: 2 } })
  expect(await socket.closed).toBe(closeCodes.FORBIDDEN)
  for (const browser of [thief, owner]) {
    expect(await browser.email()).toBeUndefined()
    expect(await browser.run('mutation { refreshSession { __typename } }', {}, '')).toEqual({
      refreshSession: { __typename: 'SessionExpiredError' },
    })
  }
  expect(await eve.get('{ viewer { email } }')).toEqual({ viewer: { email: 'eve@example.com' } })
  expect(await owner.run(everywhere)).toMatchObject({ logoutEverywhere: { __typename: 'UnauthenticatedError' } })
})

describe('changing the password', () => {
  const change = `mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { ${authentication} } }`
  const better = 'incorrect horse battery'

  test('ends all sign-ins, also that of a thief with the same cookies, and goes on with a new one', async () => {
    const app = await startTestApp()
    const [thief, owner] = [new Browser(app), new Browser(app)]
    await thief.enter('register')
    await owner.enter('login')
    const stolen = owner.token
    const sockets = [await thief.socket(), await owner.socket()]
    const { changePassword } = await owner.run(change, {
      input: { currentPassword: password, newPassword: better },
    })
    expect(changePassword).toMatchObject({ __typename: 'Authentication' })
    for (const { closed } of sockets) expect(await closed).toBe(closeCodes.FORBIDDEN)
    expect(await thief.email()).toBeUndefined()
    expect(await owner.email(stolen)).toBeUndefined()
    expect(await owner.email(String(changePassword?.['accessToken']))).toBe(input.email)
    expect(await owner.run('mutation { refreshSession { __typename } }', {}, '')).toEqual({
      refreshSession: { __typename: 'Authentication' },
    })
    await expect(thief.enter('login')).rejects.toThrow('INVALID_CREDENTIALS')
    await thief.enter('login', better)
  })

  test('needs the current one, which is not to be guessed, and a good new one', async () => {
    const app = await startTestApp()
    const browser = new Browser(app)
    await browser.enter('register')
    const outcomeOf = async (currentPassword: string, newPassword: string) =>
      (await browser.run(change, { input: { currentPassword, newPassword } }))['changePassword']
    expect(await outcomeOf(password, 'password')).toMatchObject({ code: 'INVALID_INPUT' })
    expect(await outcomeOf(password, input.email)).toMatchObject({ code: 'INVALID_INPUT' })
    for (let index = 0; index < 5; index += 1)
      expect(await outcomeOf(`guess number ${index}`, better)).toMatchObject({ code: 'WRONG_PASSWORD' })
    expect(await outcomeOf(password, better)).toMatchObject({ code: 'RATE_LIMITED' })
    expect(await new Browser(app).run(change, { input: { currentPassword: password, newPassword: better } })).toEqual({
      changePassword: { __typename: 'UnauthenticatedError', code: 'UNAUTHENTICATED' },
    })
  })

  test('while somebody signs in with the old one leaves them no sign-in', async () => {
    const app = await startTestApp()
    const owner = new Browser(app)
    await owner.enter('register')
    const { database } = app.app.services
    for (let round = 0; round < 10; round += 1) {
      const user = await database.prisma.user.findFirstOrThrow()
      const to = `changed ${round}`
      const [, begun] = await Promise.all([
        changePassword(database, { userId: user.id, from: user.passwordHash, to }),
        beginSignIn(database, { ...signInOf(user), id: randomUUID() }, null),
      ])
      const live = await database.prisma.signIn.count({ where: { endedAt: null } })
      expect(live, begun ? 'it began first' : 'it was refused').toBe(0)
    }
  })
})

const signInOf = ({ id, passwordHash }: { id: string; passwordHash: string }) => ({
  userId: id,
  passwordHash,
  maxSeconds: 60,
  device: null,
  address: '127.0.0.1',
})
