import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { appendResults } from '../../src/store/expressions/append-results.ts'
import { countResults } from '../../src/store/expressions/count-results.ts'
import { deleteExpression } from '../../src/store/expressions/delete-expression.ts'
import { listDeletedExpressions, loadDeletedExpressions } from '../../src/store/expressions/deleted-expressions.ts'
import { loadFailedAttempts, recordFailedAttempts } from '../../src/store/expressions/failed-attempts.ts'
import { findLostOwnership } from '../../src/store/expressions/find-lost-ownership.ts'
import { forgetDeletedExpressions } from '../../src/store/expressions/forget-deleted-expressions.ts'
import { insertOffers } from '../../src/store/offers/insert-offers.ts'
import { listOffers } from '../../src/store/offers/remove-offers.ts'
import { newExpression, newResult, openStoreBench, type StoreBench } from './support.ts'
import { insertExpressions } from '../../src/store/expressions/insert-expressions.ts'

let bench: StoreBench
let ownerId: string
let replicaId: string
beforeAll(async () => {
  bench = await openStoreBench()
})
beforeEach(async () => {
  await bench.reset()
  ownerId = await bench.user()
  replicaId = await bench.replica()
})
afterAll(() => bench.close())

/** An expression with a result, a failed attempt and an offer. */
async function busyExpression(): Promise<string> {
  const id = await bench.expression(ownerId, { replicaId })
  await write(id)
  return id
}

async function write(id: string): Promise<void> {
  await appendResults(bench.pool, [newResult(id, 0)], [])
  const attempt = { expressionId: id, task: 1, attempt: 1, agentId: v7(), message: 'no', epoch: 1, startedAgoMs: 1 }
  await recordFailedAttempts(bench.pool, [{ ...attempt, outcome: 'AGENT_LOST' }])
  const task = { expressionId: id, task: 1, attempt: 2, epoch: 1, ownerId, operation: '+' } as const
  await insertOffers(bench.pool, replicaId, [{ ...task, operands: ['1', '2'], durationMs: 1, remainingMs: 1 }])
}

const traces = async (id: string) => ({
  results: (await countResults(bench.pool, [id])).get(id) ?? 0,
  attempts: (await loadFailedAttempts(bench.pool, [id])).length,
  offers: (await listOffers(bench.pool, replicaId)).filter(({ expressionId }) => expressionId === id).length,
})

const all = { results: 1, attempts: 1, offers: 1 }
const none = { results: 0, attempts: 0, offers: 0 }

test('what is deleted goes with all that was written of it, and nothing else does', async () => {
  const [id, other] = [await busyExpression(), await busyExpression()]
  expect(await deleteExpression(bench.pool, id)).toBe(true)
  expect(await deleteExpression(bench.pool, id)).toBe(false)
  expect(await traces(id)).toEqual(none)
  expect(await traces(other)).toEqual(all)
  expect((await bench.row(other)).status).toBe('RUNNING')
  expect(await findLostOwnership(bench.pool, [{ id, epoch: 1 }])).toEqual([{ id, ended: true }])
})

test('its request id is free again', async () => {
  const first = newExpression(ownerId, { requestId: 'r' })
  const again = newExpression(ownerId, { requestId: 'r' })
  await insertExpressions(bench.pool, [first])
  await deleteExpression(bench.pool, first.id)
  expect([...(await insertExpressions(bench.pool, [again])).keys()]).toEqual([again.id])
})

test('it is known for a while which were deleted, to whom they were', async () => {
  const [first, second] = [await busyExpression(), await busyExpression()]
  const others = await bench.expression(await bench.user())
  for (const id of [first, second, others]) await deleteExpression(bench.pool, id)
  expect(await listDeletedExpressions(bench.pool, ownerId)).toEqual([
    { id: second, ownerId },
    { id: first, ownerId },
  ])
  expect(await loadDeletedExpressions(bench.pool, [first, v7()])).toEqual([{ id: first, ownerId }])
})

test('what was written of it by those who had not heard goes when it is forgotten', async () => {
  const [early, late] = [await busyExpression(), await busyExpression()]
  for (const id of [early, late]) {
    await deleteExpression(bench.pool, id)
    await write(id)
  }
  await bench.age('deleted_expression', 'deleted_at', early, 100)
  expect(await forgetDeletedExpressions(bench.pool, 60)).toBe(1)
  expect(await forgetDeletedExpressions(bench.pool, 60)).toBe(0)
  expect([await traces(early), await traces(late)]).toEqual([none, all])
  expect(await listDeletedExpressions(bench.pool, ownerId)).toEqual([{ id: late, ownerId }])
})
