import { describe, expect, test } from 'vitest'
import { ending, submit, taskWhere, tasksOf } from '../support/expressions.ts'
import type { ApiClient } from '../support/api-client.ts'
import { startWorld } from '../support/world.ts'

const agentError = { code: 'AGENT_ERROR', message: 'out of memory' }
const tooLarge = { code: 'RESULT_TOO_LARGE', message: 'Too large.' }
/** The shortest delays that the jitter allows. */
const ids = { random: () => 0 }

describe('an agent’s error', () => {
  test('is an attempt: kept, shown, and after a while tried again', async () => {
    const { admin, openAgent } = await startWorld({ ids })
    const ada = await openAgent({ name: 'ada' })
    const { id } = await submit(admin, '1+2')
    const first = await ada.assigned.next()
    const failedAt = performance.now()
    expect(await ada.submit({ ticket: first.ticket, error: agentError })).toEqual(['ACCEPTED'])
    const waiting = await taskWhere(admin, id, ({ failedAttempts }) => failedAttempts.length === 1)
    expect(waiting).toMatchObject({ status: 'READY', attempt: 1 })
    const second = await ada.assigned.next()
    expect(performance.now() - failedAt).toBeGreaterThan(490)
    expect(second.ticket).not.toBe(first.ticket)
    await ada.solve(second)
    expect((await ending(admin, id)).status).toBe('SUCCEEDED')
    expect(await tasksOf(admin, id)).toMatchObject([
      {
        attempt: 2,
        failedAttempts: [{ number: 1, outcome: 'AGENT_ERROR', message: 'out of memory', agent: { name: 'ada' } }],
      },
    ])
  })

  test('fails the expression when the attempts are spent, with the history of who tried', async () => {
    const { admin, openAgent } = await startWorld({ ids, environment: { MAX_ATTEMPTS: '2' } })
    const ada = await openAgent({ name: 'ada' })
    const { id } = await submit(admin, '4*(1+2)')
    await ada.submit({ ticket: (await ada.assigned.next()).ticket, error: agentError })
    await ada.leave()
    const bob = await openAgent({ name: 'bob' })
    await bob.submit({ ticket: (await bob.assigned.next()).ticket, error: { ...agentError, message: 'no luck' } })
    const failed = await ending(admin, id)
    expect(failed).toMatchObject({
      status: 'FAILED',
      result: null,
      error: { code: 'ATTEMPTS_SPENT', span: { position: 4, length: 1 }, task: { index: 0 } },
    })
    expect(failed.error?.message).toMatch(/\+ at position 5 failed 2 times \(ada, bob\).*no luck/)
    expect(await tasksOf(admin, id)).toMatchObject([
      { status: 'FAILED', failedAttempts: [{ agent: { name: 'ada' } }, { agent: { name: 'bob' } }] },
      { status: 'CANCELLED', failedAttempts: [] },
    ])
  })

  test('that is sent again is counted once', async () => {
    const { admin, openAgent } = await startWorld({ ids, environment: { MAX_ATTEMPTS: '2' } })
    const ada = await openAgent({ name: 'ada' })
    const { id } = await submit(admin, '1+2')
    const first = await ada.assigned.next()
    const result = { ticket: first.ticket, error: agentError }
    await ada.submit(result, result)
    await ada.submit(result)
    const second = await ada.assigned.next()
    await ada.submit(result)
    await ada.solve(second)
    expect((await ending(admin, id)).status).toBe('SUCCEEDED')
    expect((await tasksOf(admin, id))[0]?.failedAttempts).toHaveLength(1)
  })

  test('that was not acknowledged before the socket closed is counted once', async () => {
    const { admin, openAgent } = await startWorld({
      ids,
      environment: { MAX_ATTEMPTS: '2', SESSION_GRACE_MS: '600000' },
    })
    const ada = await openAgent({ name: 'ada' })
    const { id } = await submit(admin, '1+2')
    const { ticket } = await ada.assigned.next()
    await ada.submit({ ticket, error: agentError })
    ada.cut()
    const back = await openAgent({ ...ada, heldTickets: [ticket] })
    if (!back.opened.revokedTickets.includes(ticket)) await back.submit({ ticket, error: agentError })
    await back.solve(await back.assigned.next())
    expect((await ending(admin, id)).status).toBe('SUCCEEDED')
  })
})

test('a value that is no number is refused, and another attempt is made', async () => {
  const { admin, openAgent } = await startWorld({ ids })
  const ada = await openAgent({ name: 'ada' })
  const { id } = await submit(admin, '1+2')
  const { ticket } = await ada.assigned.next()
  expect(await ada.submit({ ticket, value: 'three' })).toEqual(['REFUSED'])
  await ada.solve(await ada.assigned.next())
  expect((await ending(admin, id)).status).toBe('SUCCEEDED')
  expect((await tasksOf(admin, id))[0]?.failedAttempts).toMatchObject([{ number: 1, outcome: 'REFUSED' }])
})

describe('arithmetic that has no result', () => {
  test('fails the expression once, names the operator, and cancels the rest', async () => {
    const { admin, openAgent } = await startWorld()
    const agent = await openAgent()
    const { id } = await submit(admin, '(1+2)*1e16^1000-(4+5)')
    const [sum, quotient, other] = await agent.take(3)
    await agent.solve(sum!)
    expect(await agent.submit({ ticket: quotient!.ticket, error: tooLarge })).toEqual(['ACCEPTED'])
    expect(await agent.events.next()).toEqual({ __typename: 'TasksRevoked', tickets: [other!.ticket] })
    expect(await ending(admin, id)).toMatchObject({
      status: 'FAILED',
      progress: { completed: 1, total: 5 },
      error: { code: 'RESULT_TOO_LARGE', span: { position: 10, length: 1 }, task: { index: 1 } },
    })
    const statuses = (await tasksOf(admin, id)).map(({ status }) => status)
    expect(statuses).toEqual(['SUCCEEDED', 'FAILED', 'CANCELLED', 'CANCELLED', 'CANCELLED'])
    expect(await agent.solve(other!)).toEqual(['NOT_NEEDED'])
  })

  test('settles once, though two come at the same time', async () => {
    const { admin, openAgent } = await startWorld()
    const agent = await openAgent()
    const { id } = await submit(admin, '1e16^1000+1e16^2000')
    const results = (await agent.take(2)).map(({ ticket }) => ({ ticket, error: tooLarge }))
    expect(await agent.submit(...results)).toEqual(['ACCEPTED', 'NOT_NEEDED'])
    expect(await ending(admin, id)).toMatchObject({ status: 'FAILED', error: { task: { index: 0 } } })
    const statuses = (await tasksOf(admin, id)).map(({ status }) => status)
    expect(statuses).toEqual(['FAILED', 'CANCELLED', 'CANCELLED'])
  })
})

describe('of several operations that have no result', () => {
  const source = '1e16^1000+2e16^2000*(3+4)'
  const statusesOf = async (admin: ApiClient, id: string) => (await tasksOf(admin, id)).map(({ status }) => status)

  test('the leftmost is told, though it was found last; meanwhile nothing goes on but what may fail further left', async () => {
    const { admin, openAgent } = await startWorld()
    const agent = await openAgent()
    const { id } = await submit(admin, source)
    const [right, other, left] = await agent.take(3)
    expect(await agent.submit({ ticket: right!.ticket, error: tooLarge })).toEqual(['ACCEPTED'])
    expect(await agent.events.next()).toEqual({ __typename: 'TasksRevoked', tickets: [other!.ticket] })
    await taskWhere(admin, id, ({ index, status }) => index === 1 && status === 'FAILED')
    expect(await statusesOf(admin, id)).toEqual(['ASSIGNED', 'FAILED', 'CANCELLED', 'CANCELLED', 'CANCELLED'])
    expect(await agent.submit({ ticket: left!.ticket, error: tooLarge })).toEqual(['ACCEPTED'])
    expect(await ending(admin, id)).toMatchObject({ status: 'FAILED', error: { span: { position: 4 } } })
    expect(await statusesOf(admin, id)).toEqual(['FAILED', 'CANCELLED', 'CANCELLED', 'CANCELLED', 'CANCELLED'])
  })

  test('the one that was found is told once all that stands further left has a result', async () => {
    const { admin, openAgent } = await startWorld()
    const agent = await openAgent()
    const { id } = await submit(admin, '1/(abs(1)-abs(2))+2e16^2000')
    const [one, two, power] = await agent.take(3)
    await agent.submit({ ticket: power!.ticket, error: tooLarge })
    await agent.submit({ ticket: one!.ticket, value: '1' }, { ticket: two!.ticket, value: '2' })
    await agent.submit({ ticket: (await agent.assigned.next()).ticket, value: '-1' })
    await agent.submit({ ticket: (await agent.assigned.next()).ticket, value: '-1' })
    expect(await ending(admin, id)).toMatchObject({
      status: 'FAILED',
      error: { code: 'RESULT_TOO_LARGE', span: { position: 22 } },
      progress: { completed: 4, total: 6 },
    })
  })
})

test.each([
  ['FRACTIONAL_EXPONENT', '2^(1e16/3e16)'],
  ['RESULT_TOO_LARGE', '3^(1e16-1e15)'],
])('%s fails the expression', async (code, source) => {
  const { admin, openAgent } = await startWorld()
  const agent = await openAgent()
  const { id } = await submit(admin, source)
  await agent.solve(await agent.assigned.next())
  await agent.submit({ ticket: (await agent.assigned.next()).ticket, error: { code, message: '' } })
  expect(await ending(admin, id)).toMatchObject({
    status: 'FAILED',
    error: { code, span: { position: 1 }, message: expect.stringContaining('operator ^ at position 2') as string },
  })
})
