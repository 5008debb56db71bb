import { describe, expect, test } from 'vitest'
import type { ApiClient } from '../support/api-client.ts'
import { agentWhere } from '../support/agents.ts'
import { createAgentToken, register } from '../support/people.ts'
import { ending, submit, taskWhere, tasksOf } from '../support/expressions.ts'
import { TestAgent, type TestResult } from '../support/test-agent.ts'
import { startTestApp } from '../support/test-app.ts'
import { startWorld } from '../support/world.ts'

const error = (code: string) => ({ error: { code, message: 'It is so.' } })

async function suspensionOf(client: ApiClient, name: string) {
  const fields = 'name state refusedResults lastRefusal suspendedAt'
  const { agents } = await client.get<{ agents: { name: string }[] }>(`{ agents { ${fields} } }`)
  return agents.find((agent) => agent.name === name)
}

const reinstate = (client: ApiClient, id: string) =>
  client.get(`mutation ($id: ID!) { reinstateAgent(input: { id: $id }) { __typename ... on Agent { state } } }`, { id })

/** Returns something that cannot be for each of the next tasks. */
async function spoil(agent: TestAgent, results: readonly Omit<TestResult, 'ticket'>[]) {
  const receipts: string[] = []
  for (const result of results) {
    const { ticket } = await agent.assigned.next()
    receipts.push(...(await agent.submit({ ticket, ...result })))
  }
  return receipts
}

describe('a result that cannot be', () => {
  test.each<[string, Omit<TestResult, 'ticket'>]>([
    ['1001+1', { value: '424242/7' }],
    ['0.5+0.25', { value: '6/8' }],
    ['12/2', { value: '6/2' }],
    ['1+2', { value: '3/1' }],
    ['2+2', error('DIVISION_BY_ZERO')],
    ['2^3', error('FRACTIONAL_EXPONENT')],
    ['2*3', error('RESULT_TOO_LARGE')],
    ['9^9', { value: `1${'0'.repeat(9_000)}` }],
  ])('of %s is refused, and its task computed again', async (source, result) => {
    const { admin, openAgent } = await startWorld()
    const agent = await openAgent({ name: 'eve' })
    const { id } = await submit(admin, source)
    expect(await spoil(agent, [result])).toEqual(['REFUSED'])
    const again = await agent.assigned.next()
    expect((await tasksOf(admin, id))[0]?.failedAttempts).toMatchObject([
      { number: 1, outcome: 'REFUSED', agent: { name: 'eve' } },
    ])
    expect(await agent.solve(again)).toEqual(['ACCEPTED'])
    expect((await ending(admin, id)).status).toBe('SUCCEEDED')
    expect(await suspensionOf(admin, 'eve')).toMatchObject({ state: 'ONLINE', refusedResults: 1 })
  })

  test('goes to another agent first, and is no failure of the expression', async () => {
    const { admin, openAgent } = await startWorld({ environment: { MAX_ATTEMPTS: '1' } })
    const eve = await openAgent({ name: 'eve' })
    const { id } = await submit(admin, '1+2')
    const task = await eve.assigned.next()
    const ada = await openAgent({ name: 'ada' })
    expect(await eve.submit({ ticket: task.ticket, value: '4' })).toEqual(['REFUSED'])
    await ada.solve(await ada.assigned.next())
    expect(await ending(admin, id)).toMatchObject({ status: 'SUCCEEDED', result: { fraction: '3' } })
  })

  test('is none where the arithmetic does fail', async () => {
    const { admin, openAgent } = await startWorld({ environment: { MAX_DIGITS: '20' } })
    const agent = await openAgent({ name: 'ada' })
    // What is not known before it is computed.
    for (const [source, code] of [
      ['1/(1e16-1e16)', 'DIVISION_BY_ZERO'],
      ['2^(1e16/3)', 'FRACTIONAL_EXPONENT'],
      ['99999999999999999999+(2-1)', 'RESULT_TOO_LARGE'],
    ] as const) {
      const { id } = await submit(admin, source)
      await agent.solve(await agent.assigned.next())
      const { ticket } = await agent.assigned.next()
      expect(await agent.submit({ ticket, ...error(code) })).toEqual(['ACCEPTED'])
      expect(await ending(admin, id)).toMatchObject({ status: 'FAILED', error: { code } })
    }
    expect(await suspensionOf(admin, 'ada')).toMatchObject({ refusedResults: 0, state: 'ONLINE' })
  })

  test('is none where it comes too late, or twice', async () => {
    const { admin, openAgent } = await startWorld()
    const agent = await openAgent({ name: 'ada' })
    const { id } = await submit(admin, '1+2')
    const task = await agent.assigned.next()
    expect(await agent.solve(task, task)).toEqual(['ACCEPTED', 'DUPLICATE'])
    await ending(admin, id)
    expect(await agent.submit({ ticket: task.ticket, value: '4' })).toEqual(['NOT_NEEDED'])
    expect(await suspensionOf(admin, 'ada')).toMatchObject({ refusedResults: 0 })
  })
})

describe('an agent that returns three results that cannot be', () => {
  const wrong = [{ value: '-1' }, error('DIVISION_BY_ZERO'), { value: '77/2' }]

  test('is set aside: it is told why, its session ends, and what it held goes to others', async () => {
    const { admin, openAgent } = await startWorld()
    const eve = await openAgent({ name: 'eve', slots: 1 })
    const { id } = await submit(admin, '1+2+3+4+5')
    expect(await spoil(eve, wrong)).toEqual(['REFUSED', 'REFUSED', 'REFUSED'])
    const told = await eve.events.next()
    expect(told).toMatchObject({ __typename: 'AgentSuspendedError', code: 'AGENT_SUSPENDED' })
    expect((told as { message: string }).message).toMatch(/It is not the result of the operation/)
    expect((await eve.closed).code).toBe(4403)
    expect(await suspensionOf(admin, 'eve')).toMatchObject({
      ...{ state: 'SUSPENDED', refusedResults: 3, lastRefusal: 'It is not the result of the operation.' },
      suspendedAt: expect.any(String) as string,
    })
    const ada = await openAgent({ name: 'ada' })
    for (let tasks = 0; tasks < 4; tasks++) await ada.solve(await ada.assigned.next())
    expect(await ending(admin, id)).toMatchObject({ status: 'SUCCEEDED', result: { fraction: '15' } })
  })

  test('is set aside by one message with many of them, and told of once', async () => {
    const { admin, openAgent } = await startWorld()
    const eve = await openAgent({ name: 'eve', slots: 8 })
    await submit(admin, '(1+2)*(3+4)*(5+6)*(7+8)')
    const tasks = await eve.take(4)
    expect(await eve.submit(...tasks.map(({ ticket }) => ({ ticket, value: '0' })))).toEqual(Array(4).fill('REFUSED'))
    expect(await eve.events.next()).toMatchObject({ __typename: 'AgentSuspendedError' })
    expect(await eve.trySubmit([{ ticket: tasks[0]!.ticket, value: '3' }])).toMatchObject({ code: 'FORBIDDEN' })
  })

  test('does not come back by connecting again, here or at another replica, until an admin reinstates it', async () => {
    const { app, admin, agentToken, openAgent } = await startWorld({ alone: false })
    const eve = await openAgent({ name: 'eve' })
    const { id } = await submit(admin, '1+2')
    await spoil(eve, wrong)
    await eve.closed
    const other = await startTestApp({ databaseUrl: app.databaseUrl, alone: false })
    for (const replica of [app, other])
      await expect(TestAgent.open(replica, agentToken, { name: 'eve' })).rejects.toThrow(/AGENT_SUSPENDED/)
    const bob = await register(app, 'bob@example.com')
    expect(await reinstate(bob, eve.id)).toMatchObject({ reinstateAgent: { __typename: 'ForbiddenError' } })
    expect(await reinstate(admin, eve.id)).toEqual({ reinstateAgent: { __typename: 'Agent', state: 'OFFLINE' } })
    const back = await openAgent({ name: 'eve' })
    await back.solve(await back.assigned.next())
    expect((await ending(admin, id)).status).toBe('SUCCEEDED')
    expect(await suspensionOf(admin, 'eve')).toMatchObject({ refusedResults: 0, lastRefusal: null })
  })

  test('brings no new names once three agents of its token are set aside, and harms no other token', async () => {
    const { app, admin, agentToken, openAgent } = await startWorld()
    const known = await openAgent({ name: 'known' })
    await known.leave()
    const { id } = await submit(admin, '1+2')
    for (const name of ['eve-1', 'eve-2', 'eve-3']) {
      const eve = await openAgent({ name })
      await spoil(eve, wrong)
      await eve.closed
    }
    await expect(TestAgent.open(app, agentToken, { name: 'eve-4' })).rejects.toThrow(/AGENT_SUSPENDED.*|3 agents/)
    await (await openAgent({ name: 'known' })).leave()
    const other = await createAgentToken(admin, 'other')
    const ada = await TestAgent.open(app, other.token, { name: 'ada' })
    await ada.solve(await ada.assigned.next())
    expect((await ending(admin, id)).status).toBe('SUCCEEDED')
    expect(await taskWhere(admin, id, ({ status }) => status === 'SUCCEEDED')).toMatchObject({ attempt: 11 })
    await agentWhere(admin, ({ name, state }) => name === 'ada' && state === 'ONLINE')
  })
})
