import { describe, expect, test } from 'vitest'
import { createAgentToken } from '../support/people.ts'
import { ending, submit, tasksOf } from '../support/expressions.ts'
import { TestAgent } from '../support/test-agent.ts'
import { startWorld } from '../support/world.ts'

test('a ticket that is forged, altered or another agent’s is refused, and harms nothing', async () => {
  const { admin, openAgent } = await startWorld()
  const ada = await openAgent({ name: 'ada' })
  const { id } = await submit(admin, '1+2')
  const task = await ada.assigned.next()
  const eve = await openAgent({ name: 'eve' })
  const { ticket } = task
  const altered = Array.from(
    ticket,
    (letter, at) => ticket.slice(0, at) + (letter === 'A' ? 'B' : 'A') + ticket.slice(at + 1),
  )
  const forged = [
    '',
    'x',
    'A'.repeat(ticket.length),
    ticket + ticket,
    ticket.slice(1),
    `${ticket} `,
    `${ticket}=`,
    'ü'.repeat(40),
  ]
  const receipts = await ada.submit(...[...forged, ...altered].map((ticket) => ({ ticket, value: '4' })))
  expect(new Set(receipts)).toEqual(new Set(['REFUSED']))
  expect(await eve.submit({ ticket, value: '4' })).toEqual(['REFUSED'])
  expect(await ada.solve(task)).toEqual(['ACCEPTED'])
  expect((await ending(admin, id)).result).toEqual({ fraction: '3' })
})

test('a value that is no number is refused', async () => {
  const { admin, openAgent } = await startWorld()
  const agent = await openAgent()
  const { id } = await submit(admin, '1+2+3')
  const task = await agent.assigned.next()
  await agent.solve(task)
  const values = [
    '',
    ' 3',
    '3 ',
    '1.5',
    '01',
    '+1',
    '-0',
    '1/0',
    '2/1',
    '1/-2',
    '1e3',
    'NaN',
    '0x1',
    '٣',
    '3\n',
    '9'.repeat(10_001),
  ]
  const receipts = await agent.submit(...values.map((value) => ({ ticket: task.ticket, value })))
  expect(receipts).toEqual(values.map(() => 'REFUSED'))
  expect(await tasksOf(admin, id)).toMatchObject([{ result: { fraction: '3' } }, { result: null }])
})

describe('of several results of a task', () => {
  test('the first counts, in one message and in another', async () => {
    const { admin, openAgent } = await startWorld()
    const agent = await openAgent()
    const { id } = await submit(admin, '1+2+3')
    const task = await agent.assigned.next()
    expect(await agent.solve(task, task, task)).toEqual(['ACCEPTED', 'DUPLICATE', 'DUPLICATE'])
    expect(await Promise.all([agent.solve(task), agent.solve(task)])).toEqual([['DUPLICATE'], ['DUPLICATE']])
    await agent.solve(await agent.assigned.next())
    expect(await ending(admin, id)).toMatchObject({ result: { fraction: '6' }, progress: { completed: 2 } })
  })

  test('none is needed once the expression has ended', async () => {
    const { admin, openAgent } = await startWorld()
    const agent = await openAgent()
    const { id } = await submit(admin, '1+2')
    const task = await agent.assigned.next()
    await agent.solve(task)
    await ending(admin, id)
    expect(await agent.solve(task)).toEqual(['NOT_NEEDED'])
  })
})

test('an absurd time of computing is no reason to lose a result, nor those of others', async () => {
  const { admin, openAgent } = await startWorld()
  const agent = await openAgent()
  const { id } = await submit(admin, '(1+2)*(3+4)*(5+6)')
  const [first, second, third] = await agent.take(3)
  const receipts = await agent.submit(
    { ticket: first!.ticket, value: '3', elapsedMs: 1e300 },
    { ticket: second!.ticket, value: '7', elapsedMs: -1e300 },
    { ticket: third!.ticket, value: '11' },
  )
  expect(receipts).toEqual(['ACCEPTED', 'ACCEPTED', 'ACCEPTED'])
  await agent.solve(await agent.assigned.next())
  await agent.solve(await agent.assigned.next())
  expect((await ending(admin, id)).result).toEqual({ fraction: '231' })
})

describe('a message is refused as a whole', () => {
  test('for an agent of another token', async () => {
    const { app, admin, openAgent } = await startWorld()
    const ada = await openAgent()
    const other = await createAgentToken(admin, 'other')
    const eve = await TestAgent.open(app, other.token)
    await submit(admin, '1+2')
    const { ticket } = await Promise.race([ada.assigned.next(), eve.assigned.next()])
    expect(await eve.trySubmit([{ ticket, value: '3' }], ada.id)).toMatchObject({ code: 'FORBIDDEN' })
  })

  test.each([
    ['both a value and an error', { value: '3', error: { code: 'AGENT_ERROR', message: '' } }],
    ['neither a value nor an error', {}],
  ])('with %s', async (_what, result) => {
    const { admin, openAgent } = await startWorld()
    const agent = await openAgent()
    await submit(admin, '1+2')
    const task = await agent.assigned.next()
    const answer = await agent.trySubmit([
      { ticket: task.ticket, value: '3' },
      { ticket: task.ticket, ...result },
    ])
    expect(answer).toMatchObject({ code: 'INVALID_INPUT' })
    expect(await agent.solve(task)).toEqual(['ACCEPTED'])
  })

  test('with more than a thousand results', async () => {
    const { openAgent } = await startWorld()
    const agent = await openAgent()
    const answer = await agent.trySubmit(Array.from({ length: 1_001 }, () => ({ ticket: '', value: '1' })))
    expect(answer).toMatchObject({ code: 'INVALID_INPUT' })
  })
})
