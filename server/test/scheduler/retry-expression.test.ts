import { describe, expect, test } from 'vitest'
import { drain } from '../support/agents.ts'
import type { ApiClient } from '../support/api-client.ts'
import { ending, submit, tasksOf, watchExpression } from '../support/expressions.ts'
import { register } from '../support/people.ts'
import { failAtNext, retry, watchTasks } from '../support/retry-and-delete.ts'
import { startWorld } from '../support/world.ts'

const agentError = { code: 'AGENT_ERROR', message: 'out of memory' }
/** The shortest delays that the jitter allows. */
const ids = { random: () => 0 }
const twice = { MAX_ATTEMPTS: '2' }

/** `4*(1+2)`, of which the addition is computed and the attempts at the multiplication are spent. */
async function startSpent() {
  const world = await startWorld({ ids, environment: twice })
  const ada = await world.openAgent({ name: 'ada', slots: 1 })
  const { id } = await submit(world.admin, '4*(1+2)')
  await ada.solve(await ada.assigned.next())
  const tickets = await failAtNext(ada, 2)
  const failed = await ending(world.admin, id)
  expect(failed).toMatchObject({ status: 'FAILED', error: { code: 'ATTEMPTS_SPENT', task: { index: 1 } } })
  return { ...world, ada, id, tickets, failed }
}

describe('retrying', () => {
  test('keeps what was computed, and gives the task all its attempts again, whose numbers go on', async () => {
    const { admin, ada, id, failed } = await startSpent()
    const retried = await retry(admin, id)
    expect(retried).toMatchObject({
      __typename: 'Expression',
      error: null,
      finishedAt: null,
      progress: { completed: 1 },
    })
    expect(retried.version).toBeGreaterThan(failed.version)
    expect(['QUEUED', 'RUNNING']).toContain(retried.status)

    await failAtNext(ada, 1)
    const last = await ada.assigned.next()
    expect(last).toMatchObject({ operation: '*', operands: ['4', '3'] })
    expect(await ada.solve(last)).toEqual(['ACCEPTED'])
    expect(await ending(admin, id)).toMatchObject({ status: 'SUCCEEDED', result: { fraction: '12' }, error: null })
    expect(await tasksOf(admin, id)).toMatchObject([
      { status: 'SUCCEEDED', attempt: 1 },
      { status: 'SUCCEEDED', attempt: 4, failedAttempts: [{ number: 1 }, { number: 2 }, { number: 3 }] },
    ])
  })

  test('can be done again when these attempts are spent too; the failure tells of these alone', async () => {
    const { admin, openAgent, ada, id } = await startSpent()
    await retry(admin, id)
    await failAtNext(ada, 1)
    await ada.leave()
    const bob = await openAgent({ name: 'bob' })
    await failAtNext(bob, 1)
    const { error } = await ending(admin, id)
    await bob.leave()
    expect(error?.message).toMatch(/failed 2 times \(ada, bob\)/)
    await retry(admin, id)
    const eve = await openAgent({ name: 'eve' })
    await failAtNext(eve, 2)
    expect((await ending(admin, id)).error?.message).toMatch(/failed 2 times \(eve\)/)
    const [, product] = await tasksOf(admin, id)
    expect(product).toMatchObject({ status: 'FAILED', attempt: 6, agent: { name: 'eve' } })
    expect(product?.failedAttempts.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('is seen by those who watch, forwards alone: before it is taken, and after', async () => {
    const { admin, openAgent, ada, id } = await startSpent()
    const expression = watchExpression(admin, id).inbox
    const tasks = watchTasks(admin, id).inbox
    const [sum, product] = (await tasks.next()).tasksChanged
    expect([sum?.status, product?.status]).toEqual(['SUCCEEDED', 'FAILED'])
    await ada.leave()

    await retry(admin, id)
    const queued = await expression.until(({ expressionChanged: { status } }) => status !== 'FAILED')
    expect(queued.expressionChanged).toMatchObject({
      status: 'QUEUED',
      error: null,
      progress: { completed: 1, total: 2 },
    })
    const productWhere = async (status: string) =>
      (
        await tasks.until(({ tasksChanged }) => tasksChanged.some((task) => task.index === 1 && task.status === status))
      ).tasksChanged.find(({ index }) => index === 1)!
    const ready = await productWhere('READY')
    expect(ready).toMatchObject({ attempt: 2, failedAttempts: [{ number: 1 }, { number: 2 }] })
    const bob = await openAgent({ name: 'bob' })
    const assigned = await productWhere('ASSIGNED')
    expect(assigned).toMatchObject({ attempt: 3, agent: { name: 'bob' } })
    const running = await expression.until(({ expressionChanged: { status } }) => status === 'RUNNING')
    expect(running.expressionChanged.version).toBeGreaterThan(queued.expressionChanged.version)
    await bob.solve(await bob.assigned.next())
    const versions = [product, ready, assigned, await productWhere('SUCCEEDED')].map((task) => task!.version)
    expect(versions).toEqual(versions.toSorted((a, b) => a - b))
    expect(new Set(versions).size).toBe(4)
  })

  test('makes tickets worthless that were given out before, here and in a session that comes back', async () => {
    const { admin, openAgent } = await startWorld({ ids, environment: { ...twice, SESSION_GRACE_MS: '600000' } })
    const ada = await openAgent({ name: 'ada', slots: 1 })
    const { id } = await submit(admin, '(1+2)*(3+4)')
    const late = await ada.assigned.next()
    const bob = await openAgent({ name: 'bob', slots: 1 })
    await failAtNext(bob, 2)
    // It does not hear that its task is revoked.
    ada.cut()
    await ending(admin, id)
    await bob.leave()
    await retry(admin, id)

    const back = await openAgent({ ...ada, slots: 1, heldTickets: [late.ticket] })
    expect(back.opened.revokedTickets).toEqual([late.ticket])
    // The same task at the same attempt: not the same ticket.
    const again = await back.assigned.next()
    expect(again.ticket).not.toBe(late.ticket)
    expect(await back.solve(late)).toEqual(['NOT_NEEDED'])
    expect(await back.submit({ ticket: late.ticket, error: agentError })).toEqual(['NOT_NEEDED'])
    expect(await failedNumbers(admin, id)).toEqual([1, 2])
    await back.solve(again)
    await back.solve(await back.assigned.next())
    await back.solve(await back.assigned.next())
    expect(await ending(admin, id)).toMatchObject({ status: 'SUCCEEDED', result: { fraction: '21' } })
  })

  test('makes them worthless for an agent that comes back to the replica that has taken it', async () => {
    const { admin, openAgent } = await startWorld({ ids, environment: { ...twice, SESSION_GRACE_MS: '600000' } })
    const ada = await openAgent({ name: 'ada', slots: 1 })
    const { id } = await submit(admin, '(1+2)*(3+4)')
    const late = await ada.assigned.next()
    const bob = await openAgent({ name: 'bob', slots: 1 })
    await failAtNext(bob, 2)
    ada.cut()
    await ending(admin, id)
    await retry(admin, id)
    const own = await bob.assigned.next()
    const back = await openAgent({ ...ada, slots: 1, heldTickets: [late.ticket] })
    expect(back.opened.revokedTickets).toEqual([late.ticket])
    expect((await back.assigned.next()).operands).not.toEqual(own.operands)
  })

  test('makes them worthless before anybody has taken the expression', async () => {
    const { admin, openAgent, ada, id, tickets } = await startSpent()
    await ada.leave()
    // Another agent of the same token. It takes nothing new, so the expression waits.
    const bob = await openAgent({ name: 'bob' })
    await drain(admin, bob.id)
    expect(await retry(admin, id)).toMatchObject({ status: 'QUEUED' })
    expect(await bob.trySubmit([{ ticket: tickets[1]!, value: '12' }], ada.id)).toEqual({ receipts: ['NOT_NEEDED'] })
    expect((await tasksOf(admin, id))[1]).toMatchObject({ status: 'READY', result: null })
    const back = await openAgent({ ...ada, heldTickets: tickets })
    expect(back.opened.revokedTickets.toSorted()).toEqual(tickets.toSorted())
    await back.solve(await back.assigned.next())
    expect(await ending(admin, id)).toMatchObject({ result: { fraction: '12' } })
  })

  test('of one that is queued or runs already returns it', async () => {
    const { admin, openAgent, ada, id } = await startSpent()
    await ada.leave()
    const first = await retry(admin, id)
    expect(first.status).toBe('QUEUED')
    expect(await retry(admin, id)).toMatchObject({ __typename: 'Expression', status: 'QUEUED', version: first.version })
    const bob = await openAgent({ name: 'bob' })
    const task = await bob.assigned.next()
    expect(await retry(admin, id)).toMatchObject({ __typename: 'Expression', status: 'RUNNING' })
    expect(await bob.solve(task)).toEqual(['ACCEPTED'])
    expect((await ending(admin, id)).status).toBe('SUCCEEDED')
  })
})

/** The numbers of the attempts that failed, of all tasks. */
const failedNumbers = async (client: ApiClient, id: string) =>
  (await tasksOf(client, id)).flatMap(({ failedAttempts }) => failedAttempts.map(({ number }) => number))

describe('it is refused', () => {
  test('for what would fail again in the same way', async () => {
    const { admin } = await startWorld()
    const { id } = await submit(admin, '1/0')
    const { version } = await ending(admin, id)
    expect(await retry(admin, id)).toMatchObject({
      ...{ __typename: 'ExpressionNotRetryableError', code: 'WOULD_FAIL_AGAIN' },
      message: expect.stringContaining(
        'Division by zero: what the operator / at position 2 divides by is 0.',
      ) as string,
      expression: { id, status: 'FAILED' },
    })
    expect((await ending(admin, id)).version).toBe(version)
  })

  test('for what succeeded, and for what was cancelled', async () => {
    const { admin } = await startWorld()
    const number = await submit(admin, '42')
    const waiting = await submit(admin, '1+2')
    await admin.get('mutation ($id: ID!) { cancelExpression(input: { id: $id }) { __typename } }', { id: waiting.id })
    for (const { id } of [number, waiting])
      expect(await retry(admin, id)).toMatchObject({ __typename: 'ExpressionNotRetryableError', code: 'NOT_FAILED' })
  })

  test('for what is no longer kept', async () => {
    const { app, admin, id } = await startSpent()
    const { database } = app.app.services
    await database.pool.query('UPDATE expression SET purged_at = now()')
    expect(await retry(admin, id)).toMatchObject({ code: 'LOG_PURGED', expression: { id, status: 'FAILED' } })
  })

  test('for another’s, as not found; but not for an admin', async () => {
    const { app, admin, openAgent } = await startWorld({ ids, environment: twice })
    const [ada, eve] = [await register(app, 'ada@example.com'), await register(app, 'eve@example.com')]
    const agent = await openAgent()
    const { id } = await submit(ada, '1+2')
    await failAtNext(agent, 2)
    await ending(ada, id)
    expect(await retry(eve, id)).toMatchObject({ __typename: 'NotFoundError', code: 'NOT_FOUND' })
    expect((await ending(ada, id)).status).toBe('FAILED')
    expect(await retry(admin, id)).toMatchObject({ __typename: 'Expression', id })
    // All of it can be had, also what an admin would not find by its id.
    const whole =
      'mutation ($id: ID!) { retryExpression(input: { id: $id }) { ... on Expression { plan { depth } owner { id } } } }'
    expect(await admin.get(whole, { id })).toEqual({
      retryExpression: { plan: { depth: 1 }, owner: { id: ada.userId } },
    })
    await agent.solve(await agent.assigned.next())
    expect((await ending(ada, id)).status).toBe('SUCCEEDED')
  })
})
