import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { AuditBudget, auditLimits } from '../../src/domain/audit.ts'
import { closeAccount } from '../../src/use-cases/accounts/close-account.ts'
import { createAgentToken } from '../../src/use-cases/accounts/create-agent-token.ts'
import { login } from '../../src/use-cases/accounts/login.ts'
import { logout } from '../../src/use-cases/accounts/logout.ts'
import { purgeExpiredTokens } from '../../src/use-cases/accounts/purge-expired-tokens.ts'
import { refreshSession } from '../../src/use-cases/accounts/refresh-session.ts'
import { setUserRole } from '../../src/use-cases/accounts/set-user-role.ts'
import { address, openAccountsBench, password, registerUser, run, type AccountsBench } from './support.ts'

let bench: AccountsBench
let adminId: string
let refreshToken: string

beforeAll(async () => {
  bench = await openAccountsBench()
})
beforeEach(async () => {
  await bench.services.accounts.audit.settle()
  await bench.reset()
  bench.clock.time += 60_000
  const registered = await registerUser(bench.services, 'admin@example.com')
  adminId = registered.userId
  refreshToken = registered.refreshToken ?? ''
})
afterAll(() => bench.close())

/** All that is written down, oldest first. */
async function events() {
  await bench.services.accounts.audit.settle()
  return bench.services.database.prisma.auditEvent.findMany({ orderBy: { id: 'asc' } })
}

const input = { email: 'admin@example.com', password, address, refreshable: true }
const wrong = { ...input, password: 'wrong password' }

test('what happens to accounts is written down, with who, whom and from where, and without secrets', async () => {
  const { services } = bench
  await login(services, wrong)
  await login(services, input)
  const { userId } = await registerUser(services, 'bob@example.com')
  const requester = { actorId: adminId, address }
  await setUserRole(services, { userId, role: 'ADMIN' }, requester)
  await createAgentToken(services, { name: 'laboratory' }, requester)
  await refreshSession(services, { refreshToken, address })
  await refreshSession(services, { refreshToken, address }, -1)
  await logout(services, { refreshToken, address })

  const written = await events()
  expect(written.map(({ kind, actorId, subjectId, detail }) => [kind, actorId, subjectId, detail])).toEqual([
    ['REGISTERED', adminId, adminId, 'admin@example.com'],
    ['SIGN_IN_FAILED', null, adminId, 'admin@example.com'],
    ['SIGNED_IN', adminId, adminId, null],
    ['REGISTERED', userId, userId, 'bob@example.com'],
    ['ROLE_CHANGED', adminId, userId, 'ADMIN'],
    ['AGENT_TOKEN_CREATED', adminId, expect.any(String), 'laboratory'],
    // The reuse has ended the session: there is none to sign out of.
    ['REFRESH_TOKEN_REUSED', null, adminId, null],
  ])
  expect(new Set(written.map((event) => event.address))).toEqual(new Set([address]))
  const text = JSON.stringify(written)
  for (const secret of [password, wrong.password, refreshToken, 'rka_']) expect(text).not.toContain(secret)
})

test('admins read it, newest first and by pages; nobody else does', async () => {
  await login(bench.services, wrong)
  await login(bench.services, input)
  await events()
  const query = `query ($after: String) {
    auditEvents(first: 2, after: $after) { edges { node { kind count address } } pageInfo { hasNextPage endCursor } }
  }`
  interface Page {
    auditEvents: { edges: { node: { kind: string } }[]; pageInfo: { endCursor: string } }
  }
  const admin = { actor: { kind: 'user', userId: adminId } } as const
  const first = await run<Page>(bench.services, query, {}, admin)
  expect(first.data.auditEvents.edges.map(({ node }) => node.kind)).toEqual(['SIGNED_IN', 'SIGN_IN_FAILED'])
  const { endCursor } = first.data.auditEvents.pageInfo
  const second = await run<Page>(bench.services, query, { after: endCursor }, admin)
  expect(second.data.auditEvents.edges.map(({ node }) => node.kind)).toEqual(['REGISTERED'])
  const { userId } = await registerUser(bench.services, 'bob@example.com')
  for (const actor of [{ kind: 'user', userId }, { kind: 'agent', tokenId: userId }, { kind: 'anonymous' }] as const)
    expect(await run(bench.services, query, {}, { actor })).toMatchObject({ data: { auditEvents: null }, errors: [{}] })
})

test('of a flood the first are written down, and how many more there were when its minute is over', async () => {
  const { audit } = bench.services.accounts
  for (let index = 0; index < 10_000; index += 1)
    audit.record({ kind: 'SIGN_IN_FAILED', address: `2001:db8::${index.toString(16)}`, detail: 'ada@example.com' })
  bench.clock.time += 60_000
  audit.turn()
  const written = (await events()).filter(({ kind }) => kind === 'SIGN_IN_FAILED')
  expect(written.map(({ count }) => count)).toEqual([
    ...Array<number>(auditLimits.ofOne).fill(1),
    10_000 - auditLimits.ofOne,
  ])
})

test('a flood from everywhere fills no more, and hides nothing that takes an account', () => {
  const budget = new AuditBudget()
  budget.turn(60_000)
  let written = 0
  for (let index = 0; index < 100_000; index += 1)
    if (budget.admits('SIGN_IN_FAILED', `network ${index}`, null)) written += 1
  expect(written).toBe(auditLimits.ofAnybody)
  expect(budget.admits('ROLE_CHANGED', 'network', 'ada')).toBe(true)
  expect(budget.admits('PASSWORD_CHANGED', 'network', 'ada')).toBe(true)
  expect(budget.turn(119_999)).toEqual([])
  expect(budget.turn(120_000)).toEqual([['SIGN_IN_FAILED', 100_000 - auditLimits.ofAnybody]])
  expect(budget.turn(180_000)).toEqual([])
})

test('whoever guesses the password of an account that is open to them is written down', async () => {
  const guess = { userId: adminId, address, password: 'wrong password' }
  const { services } = bench
  for (let tries = 0; tries < 30; tries += 1) {
    const { kind } = (await closeAccount(services, guess)) as { readonly kind: string }
    if (kind === 'RateLimitedError') break
  }
  const kinds = new Set((await events()).map(({ kind }) => kind))
  expect(kinds).toEqual(new Set(['REGISTERED', 'SIGN_IN_FAILED', 'SIGN_IN_THROTTLED']))
})

test('it is kept for 90 days', async () => {
  const { pool } = bench.services.database
  await login(bench.services, wrong)
  const written = await events()
  await pool.query(`UPDATE audit_event SET at = at - interval '90 days' WHERE id = $1`, [written[0]?.id])
  await purgeExpiredTokens(bench.services)
  expect((await events()).map(({ id }) => id)).toEqual(written.slice(1).map(({ id }) => id))
})

test('where it cannot be written down, the sign-in goes on', async () => {
  const { pool } = bench.services.database
  await pool.query('ALTER TABLE audit_event RENAME TO audit_event_away')
  try {
    expect(await login(bench.services, input)).toHaveProperty('accessToken')
    await bench.services.accounts.audit.settle()
  } finally {
    await pool.query('ALTER TABLE audit_event_away RENAME TO audit_event')
  }
})
