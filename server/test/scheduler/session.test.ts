import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { agentWhere, drain, revokeToken, undrain } from '../support/agents.ts'
import { createAgentToken } from '../support/people.ts'
import { ending, setDurations, submit, taskThatFailed, tasksOf } from '../support/expressions.ts'
import { TestAgent } from '../support/test-agent.ts'
import { startWorld } from '../support/world.ts'

/** Longer than any test: what happens before is not for its passing. */
const never = { SESSION_GRACE_MS: '600000' }

describe('an agent whose socket closed', () => {
  test('may come back within the grace and go on with what it holds; nobody else is given it', async () => {
    const { admin, openAgent } = await startWorld({ environment: never })
    const ada = await openAgent({ name: 'ada' })
    const { id } = await submit(admin, '(1+2)*(3+4)')
    const held = await ada.take(2)
    const bob = await openAgent({ name: 'bob' })
    ada.cut()
    await agentWhere(admin, ({ name, state }) => name === 'ada' && state === 'RECONNECTING')
    const back = await openAgent({ ...ada, heldTickets: held.map(({ ticket }) => ticket) })
    expect(back.opened).toMatchObject({ agentId: ada.id, revokedTickets: [] })
    await agentWhere(admin, ({ name, state }) => name === 'ada' && state === 'ONLINE')
    expect(await back.solve(...held)).toEqual(['ACCEPTED', 'ACCEPTED'])
    const root = await Promise.race([back.assigned.next(), bob.assigned.next()])
    expect(root).toMatchObject({ operation: '*', operands: ['3', '7'] })
    expect(await tasksOf(admin, id)).toMatchObject([
      { attempt: 1, agent: { name: 'ada' }, failedAttempts: [] },
      { attempt: 1, agent: { name: 'ada' }, failedAttempts: [] },
      { attempt: 1 },
    ])
  })

  test('gives back what never reached it', async () => {
    const { admin, openAgent } = await startWorld({ environment: never })
    const ada = await openAgent({ name: 'ada' })
    const { id } = await submit(admin, '(1+2)*(3+4)')
    const [arrived, lost] = await ada.take(2)
    ada.cut()
    const back = await openAgent({ ...ada, heldTickets: [arrived!.ticket] })
    const again = await back.assigned.next()
    expect(again).toMatchObject({ operands: lost!.operands })
    expect(again.ticket).not.toBe(lost!.ticket)
    expect(await tasksOf(admin, id)).toMatchObject([{ attempt: 1 }, { attempt: 2, failedAttempts: [] }, {}])
  })

  test('learns what is no longer needed', async () => {
    const { admin, openAgent } = await startWorld({ environment: never })
    const ada = await openAgent({ name: 'ada' })
    const { id } = await submit(admin, '(1+2)*(3+4)')
    const [one, other] = await ada.take(2)
    await ada.solve(one!)
    ada.cut()
    await agentWhere(admin, ({ name, state }) => name === 'ada' && state === 'RECONNECTING')
    const solved = await openAgent({ ...ada, heldTickets: [one!.ticket, other!.ticket, 'forged'] })
    expect(solved.opened.revokedTickets.toSorted()).toEqual([one!.ticket, 'forged'].sort())
    solved.cut()
    await admin.get(`mutation ($id: ID!) { cancelExpression(input: { id: $id }) { __typename } }`, { id })
    const cancelled = await openAgent({ ...ada, heldTickets: [other!.ticket] })
    expect(cancelled.opened.revokedTickets).toEqual([other!.ticket])
  })

  test('loses its tasks after the grace, and the loss is shown', async () => {
    const { admin, openAgent } = await startWorld({ environment: { SESSION_GRACE_MS: '100' } })
    const ada = await openAgent({ name: 'ada' })
    const { id } = await submit(admin, '1+2')
    const held = await ada.assigned.next()
    ada.cut()
    const bob = await openAgent({ name: 'bob' })
    const again = await bob.assigned.next()
    expect(again.ticket).not.toBe(held.ticket)
    await bob.solve(again)
    expect((await ending(admin, id)).result).toEqual({ fraction: '3' })
    expect(await taskThatFailed(admin, id)).toMatchObject({
      attempt: 2,
      agent: { name: 'bob' },
      failedAttempts: [{ number: 1, outcome: 'AGENT_LOST', agent: { name: 'ada' } }],
    })
    await agentWhere(admin, ({ name, state }) => name === 'ada' && state === 'OFFLINE')
  })

  test('has failed only at what it was computing, not at what waited for its slot', async () => {
    const { admin, openAgent } = await startWorld({ environment: { SESSION_GRACE_MS: '100' } })
    await setDurations(admin, { ADD: 0 })
    const ada = await openAgent({ name: 'ada', slots: 1 })
    const { id } = await submit(admin, '(1+2)*(3+4)')
    await ada.take(2)
    ada.cut()
    const bob = await openAgent({ name: 'bob' })
    await bob.solve(...(await bob.take(2)))
    await taskThatFailed(admin, id)
    const failures = (await tasksOf(admin, id)).map(({ failedAttempts }) => failedAttempts.length)
    expect(failures).toEqual([1, 0, 0])
  })
})

test('an agent that says goodbye hands back at once, and has failed at nothing', async () => {
  const { admin, openAgent } = await startWorld({ environment: never })
  const ada = await openAgent({ name: 'ada' })
  const { id } = await submit(admin, '1+2')
  await ada.assigned.next()
  const bob = await openAgent({ name: 'bob' })
  await ada.leave()
  await bob.solve(await bob.assigned.next())
  await ending(admin, id)
  expect(await tasksOf(admin, id)).toMatchObject([{ agent: { name: 'bob' }, failedAttempts: [] }])
  await agentWhere(admin, ({ name, state }) => name === 'ada' && state === 'OFFLINE')
})

test('an agent that answers no ping is lost without grace', async () => {
  const { admin, openAgent } = await startWorld({ environment: { ...never, PING_INTERVAL_MS: '200' } })
  const ada = await openAgent({ name: 'ada', pongs: false })
  const { id } = await submit(admin, '1+2')
  await ada.assigned.next()
  const bob = await openAgent({ name: 'bob' })
  await bob.solve(await bob.assigned.next())
  await ending(admin, id)
  const { failedAttempts } = await taskThatFailed(admin, id)
  expect(failedAttempts).toMatchObject([{ outcome: 'AGENT_LOST', message: 'The agent did not answer any more.' }])
})

test('another run under the same name is not let in while the first is connected, and takes over in its grace', async () => {
  const { admin, openAgent } = await startWorld({ environment: never })
  const ada = await openAgent({ name: 'ada' })
  const { id } = await submit(admin, '1+2')
  await ada.assigned.next()
  await expect(openAgent({ name: 'ada' })).rejects.toThrow('AGENT_NAME_TAKEN')
  ada.cut()
  await agentWhere(admin, ({ name, state }) => name === 'ada' && state === 'RECONNECTING')
  const successor = await openAgent({ name: 'ada' })
  expect(successor.id).toBe(ada.id)
  await successor.solve(await successor.assigned.next())
  await ending(admin, id)
  const { failedAttempts } = await taskThatFailed(admin, id)
  expect(failedAttempts).toMatchObject([{ number: 1, outcome: 'AGENT_LOST' }])
  // What was there first is the one that waits now.
  await expect(openAgent({ ...ada })).rejects.toThrow('AGENT_NAME_TAKEN')
  await agentWhere(admin, ({ name, state }) => name === 'ada' && state === 'ONLINE')
})

describe('a revoked token', () => {
  test('takes its agents away at once, and lets no other in', async () => {
    const { app, admin, agentToken, agentTokenId, openAgent } = await startWorld({ environment: never })
    const ada = await openAgent({ name: 'ada' })
    const { id } = await submit(admin, '1+2')
    const task = await ada.assigned.next()
    const other = await createAgentToken(admin, 'other')
    const bob = await TestAgent.open(app, other.token, { name: 'bob' })
    await revokeToken(admin, agentTokenId)
    const again = await bob.assigned.next()
    expect(again.operands).toEqual(task.operands)
    expect(await ada.closed).toMatchObject({ code: 4403 })
    await expect(TestAgent.open(app, agentToken, { name: 'ada' })).rejects.toThrow('4403')
    await bob.solve(again)
    await ending(admin, id)
    expect(await tasksOf(admin, id)).toMatchObject([{ failedAttempts: [] }])
  })
})

describe('an agent that is drained', () => {
  test('finishes what it holds, takes nothing new and leaves', async () => {
    const { admin, openAgent } = await startWorld({ environment: never })
    const ada = await openAgent({ name: 'ada' })
    const first = await submit(admin, '1+2')
    const held = await ada.assigned.next()
    await drain(admin, ada.id)
    expect(await ada.events.next()).toMatchObject({ __typename: 'AgentDrainRequested' })
    await agentWhere(admin, ({ name, state }) => name === 'ada' && state === 'DRAINING')
    const second = await submit(admin, '3+4')
    const bob = await openAgent({ name: 'bob' })
    expect(await bob.assigned.next()).toMatchObject({ operands: ['3', '4'] })
    expect(await ada.solve(held)).toEqual(['ACCEPTED'])
    expect((await ending(admin, first.id)).status).toBe('SUCCEEDED')
    await ada.leave()
    await agentWhere(admin, ({ name, state }) => name === 'ada' && state === 'OFFLINE')
    expect(ada.assigned.size).toBe(0)
    expect(await tasksOf(admin, second.id)).toMatchObject([{ status: 'ASSIGNED', agent: { name: 'bob' } }])
  })

  test('stays so when its socket closes and it comes back', async () => {
    const { admin, openAgent } = await startWorld({ environment: never })
    const ada = await openAgent({ name: 'ada', slots: 100 })
    await submit(admin, '1+2')
    const { ticket } = await ada.assigned.next()
    await drain(admin, ada.id)
    await ada.events.next()
    ada.cut()
    await ada.closed
    const back = await openAgent({ ...ada, slots: 100, heldTickets: [ticket] })
    expect(await back.events.next()).toMatchObject({ __typename: 'AgentDrainRequested' })
    const bob = await openAgent({ name: 'bob', slots: 1 })
    await submit(admin, '3+4')
    expect(await bob.assigned.next()).toMatchObject({ operands: ['3', '4'] })
  })

  test('stays after all when an admin wants it to, and is given what waited', async () => {
    const { admin, openAgent } = await startWorld({ environment: never })
    const ada = await openAgent({ name: 'ada' })
    await drain(admin, ada.id)
    expect(await ada.events.next()).toMatchObject({ __typename: 'AgentDrainRequested' })
    await submit(admin, '1+2')
    await undrain(admin, ada.id)
    expect(await ada.events.next()).toMatchObject({ __typename: 'AgentDrainWithdrawn' })
    expect(await ada.assigned.next()).toMatchObject({ operands: ['1', '2'] })
    await agentWhere(admin, ({ name, state }) => name === 'ada' && state === 'ONLINE')
  })

  test('may stay also when its socket is gone just then', async () => {
    const { admin, openAgent } = await startWorld({ environment: never })
    const ada = await openAgent({ name: 'ada' })
    await drain(admin, ada.id)
    await ada.events.next()
    ada.cut()
    await ada.closed
    await undrain(admin, ada.id)
    await agentWhere(admin, ({ name, state }) => name === 'ada' && (state === 'RECONNECTING' || state === 'ONLINE'))
    const back = await openAgent({ ...ada })
    await submit(admin, '1+2')
    expect(await back.assigned.next()).toMatchObject({ operands: ['1', '2'] })
    expect(back.events.size).toBe(0)
  })

  test('is no longer drained when it is started anew', async () => {
    const { admin, openAgent } = await startWorld({ environment: never })
    const ada = await openAgent({ name: 'ada' })
    await drain(admin, ada.id)
    await ada.events.next()
    await ada.leave()
    const anew = await openAgent({ name: 'ada' })
    await submit(admin, '1+2')
    expect(await anew.assigned.next()).toMatchObject({ operands: ['1', '2'] })
  })
})

test.each([
  ['an empty name', { name: ' ' }],
  ['a name of 101 characters', { name: 'x'.repeat(101) }],
  ['a name that the database cannot hold', { name: 'a\u0000b' }],
  ['no slots', { slots: 0 }],
  ['1025 slots', { slots: 1_025 }],
  ['a session id that is no UUID', { sessionId: 'mine' }],
])('a session with %s is refused', async (_what, options) => {
  const { openAgent } = await startWorld()
  await expect(openAgent(options)).rejects.toThrow('INVALID_INPUT')
})

test('an agent is known by its token and its name', async () => {
  const { app, admin, openAgent } = await startWorld()
  const [ada, bob] = [await openAgent({ name: 'ada' }), await openAgent({ name: 'bob' })]
  await ada.leave()
  await agentWhere(admin, ({ name, state }) => name === 'ada' && state === 'OFFLINE')
  const adaAgain = await openAgent({ name: ' ada ', sessionId: randomUUID() })
  const other = await createAgentToken(admin, 'other')
  const namesake = await TestAgent.open(app, other.token, { name: 'ada' })
  expect(adaAgain.id).toBe(ada.id)
  expect(new Set([ada.id, bob.id, namesake.id]).size).toBe(3)
})
