import { expect, test } from 'vitest'
import { startWorld } from '../support/world.ts'
import { restClient } from './client.ts'

test('an expression is submitted, computed while its client waits, and answered with its result', async () => {
  const world = await startWorld()
  const agent = await world.openAgent()
  const { ask } = restClient(world.app, world.admin.token)
  const answer = ask('/expressions?wait=30', { json: { source: '2+2*2' } })
  for (const task of [...(await agent.take(1))]) await agent.solve(task)
  await agent.solve(...(await agent.take(1)))
  const { status, headers, body } = await answer
  expect(status).toBe(201)
  expect(body).toMatchObject({
    status: 'SUCCEEDED',
    result: { decimal: '6', fraction: '6', isDecimalExact: true },
    progress: { completed: 2, total: 2 },
  })
  expect(headers.get('location')).toBe(`/api/v1/expressions/${String(body['id'])}`)
})

test('without waiting it is taken in at once; the same key gives the same again', async () => {
  const world = await startWorld()
  const { ask } = restClient(world.app, world.admin.token)
  const headers = { 'idempotency-key': '"my-first"' }
  const first = await ask('/expressions', { json: { source: '1+2' }, headers })
  expect([first.status, first.body['status'], first.body['requestId']]).toEqual([201, 'QUEUED', 'my-first'])
  const again = await ask('/expressions', { json: { source: '1+2' }, headers: { 'idempotency-key': 'my-first' } })
  expect([again.status, again.body['id']]).toEqual([200, first.body['id']])
  const other = await ask('/expressions', { json: { source: '1+3' }, headers })
  expect([other.status, other.body['code'], other.body['expressionId']]).toEqual([
    409,
    'REQUEST_ID_CONFLICT',
    first.body['id'],
  ])
})

test('one that cannot be read is a bad request that shows where', async () => {
  const world = await startWorld()
  const { ask } = restClient(world.app, world.admin.token)
  const { status, headers, body } = await ask('/calculate', { json: { expression: 'x = 2\n1 + (x *' } })
  expect([status, headers.get('content-type')]).toEqual([400, 'application/problem+json'])
  expect(body).toMatchObject({ code: 'MISSING_OPERAND', line: 2, column: 9, excerpt: ['1 + (x *', '        ^'] })
})
