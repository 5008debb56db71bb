import { expect, test } from 'vitest'
import { drain, undrain } from '../support/agents.ts'
import { setDurations, submit } from '../support/expressions.ts'
import { register, type Person } from '../support/people.ts'
import { startWorld } from '../support/world.ts'

interface Shown {
  readonly kind: string
  readonly actorId: string | null
  readonly subjectId: string | null
  readonly detail: string | null
  readonly at: string
}

async function eventsOf(admin: Person, filter: object | null): Promise<Shown[]> {
  const { auditEvents } = await admin.get<{ auditEvents: { edges: { node: Shown }[] } }>(
    `query ($filter: AuditFilter) {
      auditEvents(first: 50, filter: $filter) { edges { node { kind actorId subjectId detail at } } }
    }`,
    { filter },
  )
  return auditEvents.edges.map(({ node }) => node)
}

const uuidOf = (globalId: string) => Buffer.from(globalId, 'base64').toString().split(':')[1]

test('who changed which duration, drained which agent and deleted what of whom is told to admins, as they ask', async () => {
  const { app, admin, openAgent } = await startWorld()
  const agent = await openAgent()
  const bob = await register(app, 'bob@example.com')
  await app.app.services.accounts.audit.settle()
  const began = new Date().toISOString()
  await setDurations(admin, { ADD: 5, gcd: 7 })
  await setDurations(admin, { ADD: 5 })
  await drain(admin, agent.id)
  await undrain(admin, agent.id)
  const [first, second, own] = await Promise.all([submit(bob, '1+1'), submit(bob, '2+2'), submit(admin, '3+3')])
  const remove = `mutation ($ids: [ID!]!) { deleteExpressions(input: { select: { ids: $ids } }) { __typename } }`
  await admin.get(`mutation ($id: ID!) { deleteExpression(input: { id: $id }) { __typename } }`, { id: first.id })
  await admin.get(remove, { ids: [second.id, own.id] })
  await setDurations(admin, { ADD: 60_000 })
  const [third, fourth] = [await submit(bob, '4+4'), await submit(bob, '5+5')]
  await admin.get(`mutation ($id: ID!) { cancelExpression(input: { id: $id }) { __typename } }`, { id: third.id })
  await admin.get(`mutation ($ids: [ID!]!) { cancelExpressions(input: { select: { ids: $ids } }) { __typename } }`, {
    ids: [third.id, fourth.id],
  })
  await app.app.services.accounts.audit.settle()

  const { viewer } = await admin.get<{ viewer: { id: string } }>('{ viewer { id } }')
  const did = (kind: string, detail: unknown, subjectId: unknown = null) => ({
    kind,
    actorId: viewer.id,
    detail,
    subjectId,
  })
  const { viewer: owner } = await bob.get<{ viewer: { id: string } }>('{ viewer { id } }')
  const events = await eventsOf(admin, { from: began })
  expect(events).toMatchObject(
    [
      did('DURATIONS_CHANGED', '+ 1000 -> 5 ms, gcd 1000 -> 7 ms'),
      did('AGENT_DRAINED', null, uuidOf(agent.id)),
      did('AGENT_UNDRAINED', null, uuidOf(agent.id)),
      did('EXPRESSIONS_DELETED', `1: ${uuidOf(first.id)}`, uuidOf(owner.id)),
      did('EXPRESSIONS_DELETED', `1: ${uuidOf(second.id)}`, uuidOf(owner.id)),
      did('DURATIONS_CHANGED', '+ 5 -> 60000 ms'),
      did('EXPRESSIONS_CANCELLED', `1: ${uuidOf(third.id)}`, uuidOf(owner.id)),
      did('EXPRESSIONS_CANCELLED', `1: ${uuidOf(fourth.id)}`, uuidOf(owner.id)),
    ].toReversed(),
  )
  const kinds = (some: readonly Shown[]) => some.map(({ kind }) => kind)
  expect(kinds(await eventsOf(admin, { kinds: ['AGENT_DRAINED', 'DURATIONS_CHANGED'] }))).toEqual([
    'DURATIONS_CHANGED',
    'AGENT_DRAINED',
    'DURATIONS_CHANGED',
  ])
  expect(kinds(await eventsOf(admin, { actor: owner.id }))).toEqual(['REGISTERED'])
  expect(kinds(await eventsOf(admin, { before: began }))).not.toContain('AGENT_DRAINED')
  expect(await eventsOf(admin, { actor: 'nobody' })).toEqual([])
  expect(await eventsOf(admin, { from: began, before: began })).toEqual([])
  await expect(eventsOf(bob, null)).rejects.toThrow()
})

test('who changes all durations at once is told of with each of them', async () => {
  const { app, admin } = await startWorld()
  const { operations } = await admin.get<{ operations: { name: string; durationMs: number }[] }>(
    '{ operations { name durationMs } }',
  )
  await setDurations(admin, Object.fromEntries(operations.map(({ name }) => [name, 65_535])))
  await app.app.services.accounts.audit.settle()
  const [event] = await eventsOf(admin, { kinds: ['DURATIONS_CHANGED'] })
  const told = event?.detail?.split(', ').toSorted()
  expect(told).toEqual(operations.map(({ name, durationMs }) => `${name} ${durationMs} -> 65535 ms`).toSorted())
})
