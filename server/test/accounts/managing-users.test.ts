import { createClient } from 'graphql-ws'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { listEndedSignIns } from '../../src/store/accounts/list-ended-sign-ins.ts'
import { listRevokedPersonalTokens } from '../../src/store/accounts/list-revoked-personal-tokens.ts'
import { finishClosing } from '../../src/use-cases/accounts/finish-closing.ts'
import { ApiClient } from '../support/api-client.ts'
import { whenTestIsDone } from '../support/cleanup.ts'
import { submit } from '../support/expressions.ts'
import { createAgentToken, createPersonalToken, login, register, signedIn, type Person } from '../support/people.ts'
import { TestAgent } from '../support/test-agent.ts'
import { startTestApp, type TestApp } from '../support/test-app.ts'
import { startWorld } from '../support/world.ts'

const password = 'correct horse battery'

type Outcome = { readonly __typename: string; readonly code?: string } & Record<string, unknown>

async function post(app: Pick<TestApp, 'url'>, query: string, token?: string, userAgent = 'Tests/1.0') {
  const response = await fetch(app.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': userAgent,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query }),
  })
  return (await response.json()) as {
    data?: Record<string, Outcome> | null
    errors?: { extensions: { code: string } }[]
  }
}

/** What a mutation with one id brought; its code, where it was refused. */
async function manage(who: ApiClient, field: string, argument: string): Promise<Outcome> {
  const selection = '__typename ... on Error { code }'
  return (
    await who.get<{ outcome: Outcome }>(`mutation { outcome: ${field}(input: { ${argument} }) { ${selection} } }`)
  ).outcome
}

/** Resolves with the code that a socket of this token is closed with. Open when this resolves. */
async function openSocket({ socketUrl }: TestApp, token: string): Promise<{ readonly closed: Promise<number> }> {
  let closedWith: (code: number) => void = () => {}
  const closed = new Promise<number>((resolve) => (closedWith = resolve))
  await new Promise<void>((resolve) => {
    const client = createClient({
      ...{ url: socketUrl, webSocketImpl: WebSocket, retryAttempts: 0, lazy: false },
      ...{ onNonLazyError: () => {}, connectionParams: { token } },
      on: { connected: () => resolve(), closed: (event) => closedWith((event as { code: number }).code) },
    })
    whenTestIsDone(() => client.dispose())
  })
  return { closed }
}

const codeOf = async (app: TestApp, token: string) =>
  (await post(app, '{ operations { name } }', token)).errors?.[0]?.extensions.code

const tryLogin = async (app: TestApp, email: string, tried = password) => {
  const query = `mutation { login(input: { email: "${email}", password: "${tried}" }) { __typename ... on Error { code } } }`
  return (await post(app, query)).data?.['login']
}

async function startWithAda() {
  const app = await startTestApp()
  const admin = await register(app, 'admin@example.com')
  const ada = await register(app, 'ada@example.com')
  return { app, admin, ada }
}

interface Session {
  readonly id: string
  readonly device: string | null
  readonly address: string | null
  readonly isCurrent: boolean
}

const sessionsOf = async (client: ApiClient) =>
  (await client.get<{ viewer: { sessions: Session[] } }>('{ viewer { sessions { id device address isCurrent } } }'))
    .viewer.sessions

describe('sessions', () => {
  test('are listed with their devices; one is ended alone, with its sockets', async () => {
    const { app, admin, ada } = await startWithAda()
    const query = `mutation { login(input: { email: "ada@example.com", password: "${password}" }) { __typename ... on Authentication { accessToken } } }`
    const { data } = await post(app, query, undefined, 'Lost phone/2.0')
    const lost = String(data?.['login']?.['accessToken'])
    const phone = await openSocket(app, lost)
    const sessions = await sessionsOf(ada)
    expect(sessions).toHaveLength(2)
    const other = sessions.find(({ isCurrent }) => !isCurrent)!
    expect(other).toMatchObject({ device: 'Lost phone/2.0', address: expect.stringContaining('127.0.0.1') as string })

    const eve = await register(app, 'eve@example.com')
    expect(await manage(eve, 'endSession', `id: "${other.id}"`)).toMatchObject({ code: 'NOT_FOUND' })
    expect(await eve.get(`{ node(id: "${other.id}") { id } }`)).toEqual({ node: null })
    const script = new ApiClient(app.socketUrl, (await createPersonalToken(ada, { scopes: ['SUBMIT'] })).token)
    expect(await manage(script, 'endSession', `id: "${other.id}"`)).toMatchObject({ code: 'FORBIDDEN' })
    expect(await manage(new ApiClient(app.socketUrl), 'endSession', `id: "${other.id}"`)).toMatchObject({
      code: 'UNAUTHENTICATED',
    })
    expect(await codeOf(app, lost)).toBeUndefined()

    expect(await manage(ada, 'endSession', `id: "${other.id}"`)).toMatchObject({ __typename: 'EndSessionPayload' })
    expect(await phone.closed).toBe(4403)
    expect(await codeOf(app, lost)).toBe('UNAUTHENTICATED')
    expect(await sessionsOf(ada)).toMatchObject([{ isCurrent: true }])
    const [{ id } = { id: '' }] = await sessionsOf(ada)
    expect(await manage(admin, 'endSession', `id: "${id}"`)).toMatchObject({ __typename: 'EndSessionPayload' })
    expect(await codeOf(app, ada.token)).toBe('UNAUTHENTICATED')
  })
})

describe('a user who is disabled', () => {
  test('takes along the agents that their tokens let in, and these may come again afterwards', async () => {
    const { app, admin, ada } = await startWithAda()
    await admin.get(`mutation ($id: ID!) { setUserRole(input: { userId: $id, role: ADMIN }) { __typename } }`, {
      id: ada.userId,
    })
    const { token } = await createAgentToken(ada)
    const { token: other } = await createAgentToken(admin)
    const [agent, kept] = [await TestAgent.open(app, token), await TestAgent.open(app, other)]
    expect(await manage(admin, 'disableUser', `userId: "${ada.userId}"`)).toMatchObject({ __typename: 'User' })
    expect(await agent.closed).toMatchObject({ code: 4403 })
    await expect(TestAgent.open(app, token)).rejects.toThrow('4403')
    expect(await manage(admin, 'enableUser', `userId: "${ada.userId}"`)).toMatchObject({ __typename: 'User' })
    await TestAgent.open(app, token)
    // That of another was there all the while.
    await submit(admin, '1+2')
    await kept.assigned.next()
  })

  test('is let in by nothing, at once, until enabled again', async () => {
    const { app, admin, ada } = await startWithAda()
    const { token } = await createPersonalToken(ada, { scopes: ['SUBMIT'] })
    const sockets = [await openSocket(app, ada.token), await openSocket(app, token)]
    expect(await manage(admin, 'disableUser', `userId: "${ada.userId}"`)).toMatchObject({ __typename: 'User' })
    for (const { closed } of sockets) expect(await closed).toBe(4403)
    for (const each of [ada.token, token]) expect(await codeOf(app, each)).toBe('UNAUTHENTICATED')
    expect(await tryLogin(app, 'ada@example.com')).toMatchObject({ code: 'ACCOUNT_DISABLED' })
    expect(await tryLogin(app, 'ada@example.com', 'wrong')).toMatchObject({ code: 'INVALID_CREDENTIALS' })
    expect(await manage(admin, 'createResetLink', `userId: "${ada.userId}"`)).toMatchObject({ code: 'NOT_FOUND' })

    expect(await manage(admin, 'enableUser', `userId: "${ada.userId}"`)).toMatchObject({ __typename: 'User' })
    expect(await codeOf(app, token)).toBeUndefined()
    expect(await codeOf(app, ada.token)).toBe('UNAUTHENTICATED')
    expect(await login(app, 'ada@example.com')).toEqual(expect.any(String))
  })

  test('is no refresh away from being let in', async () => {
    const { app, admin, ada } = await startWithAda()
    const query = `mutation { login(input: { email: "ada@example.com", password: "${password}" }) { __typename } }`
    const headers = { 'content-type': 'application/json' }
    const signedIn = await fetch(app.url, { method: 'POST', headers, body: JSON.stringify({ query }) })
    const cookie = signedIn.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ')
    await manage(admin, 'disableUser', `userId: "${ada.userId}"`)
    const body = JSON.stringify({ query: 'mutation { refreshSession { __typename } }' })
    const refreshed = await fetch(app.url, { method: 'POST', headers: { ...headers, cookie }, body })
    expect(await refreshed.json()).toMatchObject({ data: { refreshSession: { __typename: 'SessionExpiredError' } } })
  })

  test('is so at the word of an admin, of whom one remains', async () => {
    const { app, admin, ada } = await startWithAda()
    for (const field of ['disableUser', 'enableUser', 'createResetLink']) {
      expect(await manage(ada, field, `userId: "${admin.userId}"`)).toMatchObject({ code: 'FORBIDDEN' })
      expect(await manage(admin, field, 'userId: "no id"')).toMatchObject({ code: 'NOT_FOUND' })
      expect(await manage(new ApiClient(app.socketUrl), field, `userId: "${ada.userId}"`)).toMatchObject({
        code: 'UNAUTHENTICATED',
      })
    }
    expect(await manage(admin, 'disableUser', `userId: "${admin.userId}"`)).toMatchObject({ code: 'LAST_ADMIN' })
    await manage(admin, 'setUserRole', `role: ADMIN, userId: "${ada.userId}"`)
    await manage(admin, 'disableUser', `userId: "${ada.userId}"`)
    // An admin who is disabled is none who would be left.
    expect(await manage(admin, 'disableUser', `userId: "${admin.userId}"`)).toMatchObject({ code: 'LAST_ADMIN' })
    expect(await manage(admin, 'setUserRole', `role: USER, userId: "${admin.userId}"`)).toMatchObject({
      code: 'LAST_ADMIN',
    })
  })
})

describe('deleting one’s account', () => {
  /** Some minutes later. */
  async function sweepLater({ app }: TestApp): Promise<object[]> {
    const { pool } = app.services.database
    await pool.query(`UPDATE user_account SET closed_at = closed_at - interval '3 minutes'`)
    await finishClosing(app.services)
    return (await pool.query<object>('SELECT FROM user_account WHERE closed_at IS NOT NULL')).rows
  }

  const rowsOf = async ({ app }: TestApp, userId: string) => {
    const id = Buffer.from(userId, 'base64').toString().split(':')[1]
    const { rows } = await app.services.database.pool.query<{ left: number }>(
      `SELECT (SELECT count(*) FROM expression WHERE owner_id = $1)
            + (SELECT count(*) FROM deleted_expression WHERE owner_id = $1 AND expression IS NOT NULL)
            + (SELECT count(*) FROM task_result) AS left`,
      [id],
    )
    return rows[0]!.left
  }

  test('takes all that it has, what runs from its agents, and frees its email', async () => {
    const { app, openAgent } = await startWorld()
    const ada = await register(app, 'ada@example.com')
    const agent = await openAgent()
    await submit(ada, '(1+2)*(3+4)')
    const [one, other] = await agent.take(2)
    await agent.solve(one!)
    const deleted = await submit(ada, '7')
    await ada.get(`mutation { deleteExpression(input: { id: "${deleted.id}" }) { __typename } }`)
    const { token } = await createPersonalToken(ada, { scopes: ['SUBMIT'] })
    const sockets = [await openSocket(app, ada.token), await openSocket(app, token)]

    expect(await manage(ada, 'deleteAccount', 'password: "wrong"')).toMatchObject({ code: 'WRONG_PASSWORD' })
    const script = new ApiClient(app.socketUrl, token)
    expect(await manage(script, 'deleteAccount', `password: "${password}"`)).toMatchObject({ code: 'FORBIDDEN' })
    expect(await manage(ada, 'deleteAccount', `password: "${password}"`)).toMatchObject({
      __typename: 'DeleteAccountPayload',
    })
    for (const { closed } of sockets) expect(await closed).toBe(4403)
    for (const each of [ada.token, token]) expect(await codeOf(app, each)).toBe('UNAUTHENTICATED')
    expect(await agent.events.next()).toEqual({ __typename: 'TasksRevoked', tickets: [other!.ticket] })
    await expect.poll(() => rowsOf(app, ada.userId)).toBe(0)
    // A replica that was not told finds out, as long as there is what was shut out.
    const { pool } = app.app.services.database
    const [signIns, tokens] = [await listEndedSignIns(pool, 60), await listRevokedPersonalTokens(pool, 60)]
    expect([signIns, tokens]).toMatchObject([{ length: 1 }, { length: 1 }])
    await finishClosing(app.app.services)
    expect(await listEndedSignIns(pool, 60)).toEqual(signIns)
    expect(await sweepLater(app)).toEqual([])
    expect([await listEndedSignIns(pool, 60), await listRevokedPersonalTokens(pool, 60)]).toEqual([[], []])
    const again = await register(app, 'ada@example.com')
    expect(again.userId).not.toBe(ada.userId)
  })

  test('is not for the last admin, and goes on where it was broken off', async () => {
    const { app, admin, ada } = await startWithAda()
    expect(await manage(admin, 'deleteAccount', `password: "${password}"`)).toMatchObject({ code: 'LAST_ADMIN' })
    await submit(ada, '7')
    const { pool } = app.app.services.database
    // As it would be had the server ended right after.
    await pool.query(
      `UPDATE user_account SET closed_at = now(), disabled_at = now(), email = 'closed', password_hash = '' WHERE email = 'ada@example.com'`,
    )
    const { users } = await admin.get<{ users: { edges: object[] } }>('{ users { edges { node { id } } } }')
    expect(users.edges).toHaveLength(1)
    expect(await manage(admin, 'enableUser', `userId: "${ada.userId}"`)).toMatchObject({ code: 'NOT_FOUND' })
    await finishClosing(app.app.services)
    expect(await rowsOf(app, ada.userId)).toBe(0)
    expect(await sweepLater(app)).toEqual([])
  })
})

describe('a reset link', () => {
  const create = async (admin: Person, userId: string) => {
    const query = `mutation { createResetLink(input: { userId: "${userId}" }) { ... on CreateResetLinkPayload { token } } }`
    return (await admin.get<{ createResetLink: { token: string } }>(query)).createResetLink.token
  }
  const reset = async (app: TestApp, token: string, newPassword = 'a better horse battery') => {
    const query = `mutation { resetPassword(input: { token: "${token}", newPassword: "${newPassword}" }) { __typename ... on Error { code } } }`
    return (await post(app, query)).data?.['resetPassword']
  }

  test('changes the password once, and ends what was signed in', async () => {
    const { app, admin, ada } = await startWithAda()
    const [first, token] = [await create(admin, ada.userId), await create(admin, ada.userId)]
    expect(await reset(app, first)).toMatchObject({ code: 'RESET_LINK_REFUSED' })
    expect(await reset(app, `${token}x`)).toMatchObject({ code: 'RESET_LINK_REFUSED' })
    expect(await reset(app, token, 'password')).toMatchObject({ code: 'INVALID_INPUT' })
    const socket = await openSocket(app, ada.token)
    const outcomes = await Promise.all([1, 2, 3].map(() => reset(app, token)))
    expect(outcomes.map((outcome) => outcome?.__typename).sort()).toEqual([
      'Authentication',
      'ResetLinkRefusedError',
      'ResetLinkRefusedError',
    ])
    expect(await socket.closed).toBe(4403)
    expect(await tryLogin(app, 'ada@example.com')).toMatchObject({ code: 'INVALID_CREDENTIALS' })
    expect(await tryLogin(app, 'ada@example.com', 'a better horse battery')).toMatchObject({
      __typename: 'Authentication',
    })
    const { rows } = await app.app.services.database.pool.query<{ stored: string }>(
      'SELECT hash::text AS stored FROM reset_link',
    )
    expect(JSON.stringify(rows)).not.toContain(token)
    const kinds = '{ auditEvents(first: 10) { edges { node { kind } } } }'
    await expect.poll(async () => JSON.stringify(await admin.get(kinds))).toContain('PASSWORD_RESET')
  })

  test('expires, is of no use to who is disabled, and is made by nobody but an admin who has signed in', async () => {
    const { app, admin, ada } = await startWithAda()
    const { pool } = app.app.services.database
    const expired = await create(admin, ada.userId)
    await pool.query(`UPDATE reset_link SET expires_at = now() - interval '1 s'`)
    expect(await reset(app, expired)).toMatchObject({ code: 'RESET_LINK_REFUSED' })
    const disabled = await create(admin, ada.userId)
    await manage(admin, 'disableUser', `userId: "${ada.userId}"`)
    expect(await reset(app, disabled)).toMatchObject({ code: 'RESET_LINK_REFUSED' })
    const { token } = await createPersonalToken(admin, { scopes: ['ADMIN'] })
    const script = signedIn(app, token, admin.userId)
    expect(await manage(script, 'createResetLink', `userId: "${ada.userId}"`)).toMatchObject({ code: 'FORBIDDEN' })
  })

  test('is not to be guessed', async () => {
    const { app } = await startWithAda()
    const codes = new Set<string | undefined>()
    for (let tried = 0; tried < 102; tried++) codes.add((await reset(app, `rkr_${tried}`))?.code)
    expect(codes).toEqual(new Set(['RESET_LINK_REFUSED', 'RATE_LIMITED']))
  })
})
