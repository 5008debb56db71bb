import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { appendResults } from '../../src/store/expressions/append-results.ts'
import { cancelExpressions } from '../../src/store/expressions/cancel-expressions.ts'
import { countResults } from '../../src/store/expressions/count-results.ts'
import { deleteExpression, deleteExpressions } from '../../src/store/expressions/delete-expressions.ts'
import { listDeletedExpressions, loadDeletedExpressions } from '../../src/store/expressions/deleted-expressions.ts'
import { loadFailedAttempts, recordFailedAttempts } from '../../src/store/expressions/failed-attempts.ts'
import { findLostOwnership } from '../../src/store/expressions/find-lost-ownership.ts'
import { forgetDeletedExpressions } from '../../src/store/expressions/forget-deleted-expressions.ts'
import { undeleteExpression, undeleteExpressions } from '../../src/store/expressions/undelete-expressions.ts'
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
  const attempt = {
    expressionId: id,
    task: 1,
    attempt: 1,
    agentId: v7(),
    alone: false,
    message: 'no',
    epoch: 1,
    startedAgoMs: 1,
  }
  await recordFailedAttempts(bench.pool, [{ ...attempt, outcome: 'AGENT_LOST' }])
  const task = { expressionId: id, task: 1, attempt: 2, epoch: 1, ownerId, operation: '+' } as const
  const offer = { ...task, operands: ['1', '2'], durationMs: 1, remainingMs: 1, alone: false }
  await insertOffers(bench.pool, replicaId, [offer])
}

const traces = async (id: string) => ({
  results: (await countResults(bench.pool, [id])).get(id) ?? 0,
  attempts: (await loadFailedAttempts(bench.pool, [id])).length,
  offers: (await listOffers(bench.pool, replicaId)).filter(({ expressionId }) => expressionId === id).length,
})

const all = { results: 1, attempts: 1, offers: 1 }
const none = { results: 0, attempts: 0, offers: 0 }

test('what is deleted is no longer there, its log stays until it is forgotten, and nothing else goes', async () => {
  const [id, other] = [await busyExpression(), await busyExpression()]
  expect(await deleteExpression(bench.pool, id)).toBe(true)
  expect(await deleteExpression(bench.pool, id)).toBe(false)
  expect(await traces(id)).toEqual({ ...all, offers: 0 })
  expect(await traces(other)).toEqual(all)
  expect((await bench.row(other)).status).toBe('RUNNING')
  expect(await findLostOwnership(bench.pool, [{ id, epoch: 1 }])).toEqual([{ id, ended: true }])
})

describe('what is brought back', () => {
  test('is queued anew where it was unfinished, with its log, and none of its tickets counts', async () => {
    const id = await busyExpression()
    const before = await bench.row(id)
    await deleteExpression(bench.pool, id)
    expect(await undeleteExpression(bench.pool, id)).toEqual({
      kind: 'undeleted',
      id,
      ownerId,
      isUnfinished: true,
      epoch: 2,
    })
    expect(await bench.row(id)).toEqual({
      ...before,
      ...{ status: 'QUEUED', replicaId: null, epoch: 2, retryEpoch: 2, version: before.version + 1, completedTasks: 1 },
    })
    expect(await traces(id)).toEqual({ ...all, offers: 0 })
    expect(await listDeletedExpressions(bench.pool, ownerId)).toEqual([])
    expect(await undeleteExpression(bench.pool, id)).toEqual({ kind: 'gone' })
  })

  test('is as it was where it had ended, to the letter of its plan', async () => {
    const plan = '{"tasks": [["+", "1.50", "2", 1, 1]], "root": 0}'
    const id = await bench.expression(ownerId, { plan, operationCount: 0, result: '7/2' })
    const before = await bench.row(id)
    await deleteExpression(bench.pool, id)
    expect(await undeleteExpression(bench.pool, id)).toMatchObject({ kind: 'undeleted', isUnfinished: false })
    expect(await bench.row(id)).toEqual({ ...before, version: before.version + 1 })
    const { rows } = await bench.pool.query<{ plan: string }>('SELECT plan::text FROM expression WHERE id = $1', [id])
    expect(rows[0]?.plan).toBe(plan)
  })

  test('is what was deleted lately, by whichever version, and whose request id nobody has', async () => {
    const [first, second] = [newExpression(ownerId, { requestId: 'r' }), newExpression(ownerId, { requestId: 'r' })]
    await insertExpressions(bench.pool, [first])
    await deleteExpression(bench.pool, first.id)
    await insertExpressions(bench.pool, [second])
    expect(await undeleteExpression(bench.pool, first.id)).toEqual({ kind: 'requestIdTaken' })
    await deleteExpression(bench.pool, second.id)
    expect(await undeleteExpression(bench.pool, first.id)).toMatchObject({ kind: 'undeleted' })
    expect(await undeleteExpression(bench.pool, v7())).toEqual({ kind: 'gone' })
    await bench.pool.query('UPDATE deleted_expression SET expression = NULL')
    expect(await undeleteExpression(bench.pool, second.id)).toEqual({ kind: 'gone' })
  })
})

test('many are deleted at once, but for what somebody else is writing', async () => {
  const [one, other] = [await busyExpression(), await busyExpression()]
  const client = await bench.otherPool.connect()
  try {
    await client.query('BEGIN')
    await client.query('SELECT FROM expression WHERE id = $1 FOR UPDATE', [other])
    expect(await deleteExpressions(bench.pool, [one, other, v7()])).toEqual([{ id: one, ownerId }])
    expect(await cancelExpressions(bench.pool, [one, other])).toEqual([])
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
  expect(await cancelExpressions(bench.pool, [one, other])).toEqual([{ id: other, ownerId, operationCount: 3 }])
  expect(await deleteExpressions(bench.pool, [one, other])).toEqual([{ id: other, ownerId }])
})

test('many are brought back at once, but for what has no place, and what somebody else is writing', async () => {
  const [unfinished, other] = [await busyExpression(), await busyExpression()]
  const ended = await bench.expression(ownerId, { operationCount: 0, result: '7/2' })
  const twins = [newExpression(ownerId, { requestId: 'r' }), newExpression(ownerId, { requestId: 'r' })]
  for (const twin of twins) {
    await insertExpressions(bench.pool, [twin])
    await deleteExpression(bench.pool, twin.id)
  }
  await deleteExpressions(bench.pool, [unfinished, other, ended])
  const standing = await busyExpression()
  const client = await bench.otherPool.connect()
  try {
    await client.query('BEGIN')
    await client.query('SELECT FROM deleted_expression WHERE id = $1 FOR UPDATE', [other])
    const ids = [unfinished, other, ended, standing, v7(), ...twins.map(({ id }) => id)]
    const { undeleted, requestIdTaken } = await undeleteExpressions(bench.pool, ids)
    expect(undeleted).toContainEqual({ id: unfinished, ownerId, isUnfinished: true, epoch: 2 })
    expect(undeleted).toContainEqual({ id: ended, ownerId, isUnfinished: false, epoch: 0 })
    const [twin, ...more] = undeleted.filter(({ id }) => id !== unfinished && id !== ended)
    expect(more).toEqual([])
    expect([twin?.id, ...requestIdTaken].sort()).toEqual(twins.map(({ id }) => id).sort())
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
  const left = (await listDeletedExpressions(bench.pool, ownerId)).map(({ id }) => id)
  expect(left).toHaveLength(2)
  expect(left).toContain(other)
  expect(await undeleteExpressions(bench.pool, [other])).toMatchObject({ undeleted: [{ id: other }] })
})

test('what is forgotten at once is bounded by its operations', async () => {
  for (const operationCount of [15_000, 15_000, 15_000])
    await deleteExpression(bench.pool, await bench.expression(ownerId, { operationCount }))
  await bench.pool.query(`UPDATE deleted_expression SET deleted_at = deleted_at - interval '2 minutes'`)
  expect(await forgetDeletedExpressions(bench.pool, 60)).toBe(2)
  expect(await forgetDeletedExpressions(bench.pool, 60)).toBe(1)
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
