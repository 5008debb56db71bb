import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { appendResults } from '../../src/store/expressions/append-results.ts'
import { cancelExpression } from '../../src/store/expressions/cancel-expression.ts'
import { failExpression } from '../../src/store/expressions/fail-expression.ts'
import { purgeLogs } from '../../src/store/expressions/purge-logs.ts'
import { findUnfinished } from '../../src/store/expressions/find-unfinished.ts'
import { retryExpression } from '../../src/store/expressions/retry-expression.ts'
import { takeQueuedExpressions } from '../../src/store/expressions/take-queued-expressions.ts'
import { newResult, openStoreBench, type StoreBench } from './support.ts'

let bench: StoreBench
let ownerId: string
let replicaId: string
let id: string
beforeAll(async () => {
  bench = await openStoreBench()
})
beforeEach(async () => {
  await bench.reset()
  ownerId = await bench.user()
  replicaId = await bench.replica()
  id = await bench.expression(ownerId, { replicaId })
  await appendResults(bench.pool, [newResult(id, 0)], [])
})
afterAll(() => bench.close())

const spent = { code: 'ATTEMPTS_SPENT', message: 'no', task: 1, attempt: 5, agentId: null } as const

const take = () => {
  const taking = {
    replicaId,
    limit: 1,
    after: '00000000-0000-0000-0000-000000000000',
    busyOwners: [],
    onlyOthers: false,
  }
  return takeQueuedExpressions(bench.pool, taking)
}

test('what failed because its attempts were spent waits again, under a new epoch and with what it has', async () => {
  await failExpression(bench.pool, id, 1, spent)
  expect(await retryExpression(bench.pool, id)).toBe(true)
  expect(await bench.row(id)).toMatchObject({
    ...{ status: 'QUEUED', failure: null, finishedAt: null, replicaId: null, completedTasks: 1 },
    ...{ version: 3, epoch: 2, retryEpoch: 2 },
  })
  expect(await retryExpression(bench.pool, id)).toBe(false)
  expect((await take()).rows).toMatchObject([{ id, epoch: 3, retryEpoch: 2 }])
})

test('what the owner of an earlier epoch still tries has no effect, and its tickets are dead', async () => {
  await failExpression(bench.pool, id, 1, spent)
  await retryExpression(bench.pool, id)
  await take()
  expect(await failExpression(bench.pool, id, 1, spent)).toBe(false)
  expect(await findUnfinished(bench.database, [id])).toEqual(new Map([[id, 2]]))
})

test('nothing else is retried', async () => {
  const [divided, cancelled, queued] = [
    await bench.expression(ownerId, { replicaId }),
    await bench.expression(ownerId),
    await bench.expression(ownerId),
  ]
  await failExpression(bench.pool, divided, 1, { ...spent, code: 'DIVISION_BY_ZERO' })
  await cancelExpression(bench.pool, cancelled)
  for (const one of [id, divided, cancelled, queued]) {
    const before = await bench.row(one)
    expect(await retryExpression(bench.pool, one)).toBe(false)
    expect(await bench.row(one)).toEqual(before)
  }
})

test('what lost its log is not retried, and what is retried keeps it', async () => {
  const old = await bench.expression(ownerId, { replicaId })
  for (const one of [id, old]) {
    await failExpression(bench.pool, one, 1, spent)
    await bench.age('expression', 'finished_at', one, 100)
  }
  expect(await retryExpression(bench.pool, id)).toBe(true)
  expect(await purgeLogs(bench.pool, 60)).toMatchObject({ purged: 1 })
  expect(await retryExpression(bench.pool, old)).toBe(false)
  expect((await bench.row(id)).purgedAt).toBeNull()
})
