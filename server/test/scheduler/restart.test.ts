import { describe, expect, test } from 'vitest'
import { createTestDatabase } from '../support/database.ts'
import { ending, submit, tasksOf } from '../support/expressions.ts'
import { signedIn } from '../support/people.ts'
import { startTestApp } from '../support/test-app.ts'
import { TestAgent, type TestAgentOptions } from '../support/test-agent.ts'
import { startWorld } from '../support/world.ts'

/** A server that can be stopped, and another started on its database. */
async function startRestartable(environment: Readonly<Record<string, string>> = {}) {
  const database = await createTestDatabase()
  const first = await startWorld({ databaseUrl: database.url, environment })
  async function restart() {
    await first.app.stop()
    const app = await startTestApp({ databaseUrl: database.url, environment })
    return {
      admin: signedIn(app, first.admin.token, first.admin.userId),
      openAgent: (options?: TestAgentOptions) => TestAgent.open(app, first.agentToken, options),
    }
  }
  return { ...first, restart }
}

const patient = { RESUME_GRACE_MS: '600000' }

describe('after a restart of the server', () => {
  test('an agent goes on with what it holds, and nothing is computed twice', async () => {
    const { admin, openAgent, restart } = await startRestartable(patient)
    const ada = await openAgent({ name: 'ada' })
    const { id } = await submit(admin, '(1+2)*(3+4)-(5+6)')
    const [first, ...held] = await ada.take(3)
    await ada.solve(first!)
    const next = await restart()
    expect(await ada.closed).toMatchObject({ code: 4410 })
    const bob = await next.openAgent({ name: 'bob' })
    const back = await next.openAgent({ ...ada, heldTickets: held.map(({ ticket }) => ticket) })
    expect(back.opened).toMatchObject({ agentId: ada.id, revokedTickets: [] })
    expect(await back.solve(...held)).toEqual(['ACCEPTED', 'ACCEPTED'])
    const product = await Promise.race([bob.assigned.next(), back.assigned.next()])
    expect(product).toMatchObject({ operation: '*', operands: ['3', '7'] })
    const shown = await tasksOf(next.admin, id)
    expect(shown.slice(0, 2)).toMatchObject([
      { status: 'SUCCEEDED', attempt: 1, agent: { name: 'ada' } },
      { status: 'SUCCEEDED', attempt: 1, agent: { name: 'ada' } },
    ])
    expect(shown.flatMap(({ failedAttempts }) => failedAttempts)).toEqual([])
  })

  test('nothing is placed until every agent is back: one that is not may hold it', async () => {
    const { admin, openAgent, restart } = await startRestartable(patient)
    const ada = await openAgent({ name: 'ada' })
    const { id } = await submit(admin, '1+2+3')
    const task = await ada.assigned.next()
    const bob = await openAgent({ name: 'bob' })
    const next = await restart()
    const back = await next.openAgent({ ...ada, heldTickets: [task.ticket] })
    await back.solve(task)
    const statusOfRoot = async () => (await tasksOf(next.admin, id))[1]?.status
    expect([await statusOfRoot(), await statusOfRoot()]).toEqual(['READY', 'READY'])
    const both = [back, await next.openAgent({ ...bob })]
    expect(await Promise.race(both.map(({ assigned }) => assigned.next()))).toMatchObject({ operands: ['3', '3'] })
  })

  test('a result that was computed meanwhile is taken, also before its agent has a session', async () => {
    const { admin, openAgent, restart } = await startRestartable(patient)
    const ada = await openAgent({ name: 'ada' })
    const { id } = await submit(admin, '1+2')
    const task = await ada.assigned.next()
    const next = await restart()
    // Another agent of the same token, whose socket carries the result.
    const bob = await next.openAgent({ name: 'bob' })
    const answer = await bob.trySubmit([{ ticket: task.ticket, value: '3' }], ada.id)
    expect(answer).toEqual({ receipts: ['ACCEPTED'] })
    expect(await ending(next.admin, id)).toMatchObject({ status: 'SUCCEEDED', result: { fraction: '3' } })
    const back = await next.openAgent({ ...ada, heldTickets: [task.ticket] })
    expect(back.opened.revokedTickets).toEqual([task.ticket])
  })

  test('what an agent held that does not come back goes to others', async () => {
    const { admin, openAgent, restart } = await startRestartable({ RESUME_GRACE_MS: '200' })
    const ada = await openAgent({ name: 'ada' })
    const { id } = await submit(admin, '1+2+3')
    const late = await ada.assigned.next()
    const next = await restart()
    const bob = await next.openAgent({ name: 'bob' })
    const again = await bob.assigned.next()
    const back = await next.openAgent({ ...ada, heldTickets: [late.ticket] })
    expect(back.opened.revokedTickets).toEqual([])
    expect(await back.solve(late)).toEqual(['ACCEPTED'])
    expect(await bob.events.next()).toEqual({ __typename: 'TasksRevoked', tickets: [again.ticket] })
    expect(await bob.solve(again)).toEqual(['DUPLICATE'])
    await bob.solve(await Promise.race([bob.assigned.next(), back.assigned.next()]))
    expect(await ending(next.admin, id)).toMatchObject({ status: 'SUCCEEDED', result: { fraction: '6' } })
  })

  test('what waited still waits, and then begins', async () => {
    const { admin, restart } = await startRestartable()
    const { id } = await submit(admin, '1+2')
    const next = await restart()
    const agent = await next.openAgent()
    await agent.solve(await agent.assigned.next())
    expect(await ending(next.admin, id)).toMatchObject({ status: 'SUCCEEDED' })
  })

  test('failed attempts still count', async () => {
    const environment = { MAX_ATTEMPTS: '2', RESUME_GRACE_MS: '200' }
    const { admin, openAgent, restart } = await startRestartable(environment)
    const ada = await openAgent({ name: 'ada' })
    const { id } = await submit(admin, '1+2')
    const error = { code: 'AGENT_ERROR', message: 'no' }
    await ada.submit({ ticket: (await ada.assigned.next()).ticket, error })
    const next = await restart()
    const bob = await next.openAgent({ name: 'bob' })
    await bob.submit({ ticket: (await bob.assigned.next()).ticket, error })
    expect(await ending(next.admin, id)).toMatchObject({ status: 'FAILED', error: { code: 'ATTEMPTS_SPENT' } })
    expect((await tasksOf(next.admin, id))[0]?.failedAttempts).toMatchObject([{ number: 1 }, { number: 2 }])
  })
})
