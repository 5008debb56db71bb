import { call, codesOf, type Reply } from '../harness/http.ts'
import { Caller, password, type Person } from '../harness/people.ts'
import type { Stage } from '../harness/stage.ts'
import type { Probe } from '../probe.ts'
import { codesOfAll } from './documents.ts'

const login = `mutation ($email: String!, $password: String!) {
  login(input: { email: $email, password: $password }) { __typename ... on Authentication { accessToken } ... on Error { code } }
}`
const register = `mutation ($email: String!, $password: String!) {
  register(input: { email: $email, password: $password }) { __typename ... on Error { code } }
}`

/** The name differs with how the cookie is secured. */
const cookieOf = ({ headers }: Reply): string =>
  (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';', 1)[0]).join('; ')

async function signedIn(person: Person): Promise<{ readonly cookie: string; readonly token: string }> {
  const reply = await person.post(login, { email: person.email, password })
  const { data } = JSON.parse(reply.text) as { data: { login: { accessToken?: string } } }
  return { cookie: cookieOf(reply), token: data.login.accessToken ?? '' }
}

const refresh = (stage: Stage, cookie: string, address: string): Promise<Reply> =>
  call(stage.server.port, {
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address, cookie },
    body: JSON.stringify({ query: 'mutation { refreshSession { __typename ... on Error { code } } }' }),
  })

const lockout: Probe = {
  name: 'strangers who try wrong passwords on an account',
  kind: 'accounts',
  expected: { fromHome: { within: ['OK'] } },
  async drive(stage) {
    const owner = await stage.user()
    // As one does who has used the account before, from there.
    await signedIn(owner)
    const strangers = []
    for (let place = 0; place < stage.scaled(12, 150); place++)
      strangers.push(stage.stranger().ask(login, { email: owner.email, password: `wrong password ${place}` }))
    return {
      strangers: await codesOfAll(strangers),
      fromHome: await owner.ask(login, { email: owner.email, password }),
    }
  },
}

const guessing: Probe = {
  name: 'guessing the password of an account from one address',
  kind: 'accounts',
  expected: { guesses: { atMost: 20 } },
  async drive(stage) {
    const owner = await stage.user()
    const stranger = stage.stranger()
    let guesses = 0
    for (let place = 0; place < 40; place++) {
      const answers = await stranger.ask(login, { email: owner.email, password: `wrong password ${place}` })
      if (answers.includes('INVALID_CREDENTIALS')) guesses += 1
    }
    return { guesses }
  },
}

const weakPasswords: Probe = {
  name: 'passwords that anybody guesses',
  kind: 'accounts',
  expected: { answers: { within: ['INVALID_INPUT', 'WEAK_PASSWORD'] } },
  async drive(stage) {
    const email = 'somebody.else@example.com'
    const weak = [
      'password',
      '12345678',
      'qwertyuiop',
      'iloveyou',
      email,
      '\0'.repeat(8),
      '\u200b'.repeat(8),
      '\ufdfa',
      'aaaaaaaa',
    ]
    const answers = weak.map((given, place) =>
      stage.stranger().ask(register, { email: given === email ? email : `weak-${place}@example.com`, password: given }),
    )
    return { answers: await codesOfAll(answers) }
  },
}

const replay: Probe = {
  name: 'a refresh token that was used before',
  kind: 'accounts',
  limitMs: 90_000,
  onlyWhole: true,
  expected: { again: { within: ['SESSION_EXPIRED'] }, whoeverHasTheNext: { within: ['SESSION_EXPIRED'] } },
  async drive(stage) {
    const owner = await stage.user()
    const { cookie } = await signedIn(owner)
    const next = cookieOf(await refresh(stage, cookie, owner.address))
    // Tabs of one page refresh at once; who comes seconds later has got hold of another's cookie.
    await new Promise((resolve) => setTimeout(resolve, 6_000))
    const again = codesOf(await refresh(stage, cookie, '10.253.0.1'))
    return { again, whoeverHasTheNext: codesOf(await refresh(stage, next, owner.address)) }
  },
}

const afterLogout: Probe = {
  name: 'the access token and the sockets of a session that has ended',
  kind: 'accounts',
  expected: { token: { within: ['UNAUTHENTICATED', 'NULL'] }, socketOpen: { is: false } },
  async drive(stage) {
    const owner = await stage.user()
    const { cookie, token } = await signedIn(owner)
    const session = new Caller(stage.server, owner.address, token)
    const socket = await stage.socket(session)
    socket?.subscribe({ query: 'subscription { expressionsChanged { id } }' })
    await session.send({ headers: { cookie }, body: JSON.stringify({ query: 'mutation { logout { loggedOut } }' }) })
    await Promise.race([socket?.end(), new Promise((resolve) => setTimeout(resolve, 2_000))])
    return {
      token: await session.ask('{ expressions { edges { node { id } } } }'),
      socketOpen: socket?.isOpen ?? false,
    }
  },
}

const forgedTokens: Probe = {
  name: 'access tokens that nobody issued',
  kind: 'accounts',
  expected: { answers: { within: ['UNAUTHENTICATED'] } },
  async drive(stage) {
    const { token, address } = await stage.user()
    const [head = '', body = '', signature = ''] = token.split('.')
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const forged = [
      `${part({ alg: 'none' })}.${body}.`,
      `${head}.${body}.`,
      `${head}.${part({ sub: crypto.randomUUID(), role: 'ADMIN', exp: 9_999_999_999 })}.${signature}`,
      `${head}.${body}.${'A'.repeat(signature.length)}`,
      'rka_' + 'x'.repeat(43),
      'x'.repeat(8_000),
    ]
    const answers = forged.map((one) =>
      new Caller(stage.server, address, one).ask('{ expressions { edges { node { id } } } }'),
    )
    return { answers: (await codesOfAll(answers)).filter((code) => code !== 'NULL') }
  },
}

export const accountProbes: readonly Probe[] = [lockout, guessing, weakPasswords, replay, afterLogout, forgedTokens]
