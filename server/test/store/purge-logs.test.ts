import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { appendResults } from '../../src/store/expressions/append-results.ts'
import { countResults } from '../../src/store/expressions/count-results.ts'
import { loadFailedAttempts, recordFailedAttempts } from '../../src/store/expressions/failed-attempts.ts'
import { purgeLogs } from '../../src/store/expressions/purge-logs.ts'
import { retireExpressions } from '../../src/store/expressions/retire-expressions.ts'
import { newResult, openStoreBench, type StoreBench } from './support.ts'

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

/** An expression with a result and a failed attempt, that ended so long ago; one that runs where that is null. */
async function logged(endedSecondsAgo: number | null): Promise<string> {
  const id = await bench.expression(ownerId, { replicaId })
  const completions = endedSecondsAgo === null ? [] : [{ expressionId: id, epoch: 1, result: '1', finishedAt: 0 }]
  await appendResults(bench.pool, [newResult(id, 0)], completions)
  const attempt = {
    expressionId: id,
    task: 0,
    attempt: 1,
    agentId: v7(),
    alone: false,
    message: 'no',
    epoch: 1,
    startedAgoMs: 1,
  }
  await recordFailedAttempts(bench.pool, [{ ...attempt, outcome: 'AGENT_LOST' }])
  if (endedSecondsAgo !== null) await bench.age('expression', 'finished_at', id, endedSecondsAgo)
  return id
}

test('what ended longer ago than the retention time loses its log and keeps its row', async () => {
  const [old, recent, running] = [await logged(3_601), await logged(3_500), await logged(null)]
  expect(await purgeLogs(bench.pool, 3_600)).toMatchObject({ purged: 1 })
  expect(await countResults(bench.pool, [old, recent, running])).toEqual(
    new Map([
      [recent, 1],
      [running, 1],
    ]),
  )
  expect((await loadFailedAttempts(bench.pool, [old, recent])).map(({ expressionId }) => expressionId)).toEqual([
    recent,
  ])
  expect(await bench.row(old)).toMatchObject({ status: 'SUCCEEDED', result: '1', completedTasks: 3, version: 3 })
  expect((await bench.row(old)).purgedAt).toBeInstanceOf(Date)
})

test('it is purged once, and a call does a bounded part of it', async () => {
  await Promise.all(Array.from({ length: 201 }, () => logged(100)))
  expect(await purgeLogs(bench.pool, 60)).toEqual({ purged: 200, more: true })
  expect(await purgeLogs(bench.pool, 60)).toMatchObject({ purged: 1 })
  expect(await purgeLogs(bench.pool, 60)).toEqual({ purged: 0, more: false })
})

test('a failed attempt is kept as it was first told', async () => {
  const id = await logged(null)
  const attempt = {
    expressionId: id,
    task: 0,
    attempt: 1,
    agentId: v7(),
    alone: false,
    message: 'other',
    epoch: 1,
    startedAgoMs: 1,
  }
  await recordFailedAttempts(bench.pool, [{ ...attempt, outcome: 'OVERDUE' }])
  expect(await loadFailedAttempts(bench.pool, [id])).toMatchObject([{ outcome: 'AGENT_LOST', message: 'no' }])
})

test('what ended longer ago than expressions are kept goes with its log, and its id stays for a while', async () => {
  const other = await bench.user()
  const [old, recent, running] = [await logged(3_601), await logged(3_500), await logged(null)]
  const theirs = await bench.expression(other, { result: '1', operationCount: 0 })
  await bench.age('expression', 'finished_at', theirs, 4_000)
  const retired = await retireExpressions(bench.pool, 3_600)
  expect(new Map(retired.map(({ id, ownerId }) => [id, ownerId]))).toEqual(
    new Map([
      [old, ownerId],
      [theirs, other],
    ]),
  )
  expect(await retireExpressions(bench.pool, 3_600)).toEqual([])
  expect([...(await countResults(bench.pool, [old, recent, running])).keys()].toSorted()).toEqual(
    [recent, running].toSorted(),
  )
  expect(await loadFailedAttempts(bench.pool, [old])).toEqual([])
  const { rows } = await bench.pool.query(`SELECT id FROM expression ORDER BY id`)
  expect(rows).toEqual([recent, running].toSorted().map((id) => ({ id })))
  const deleted = await bench.pool.query('SELECT id FROM deleted_expression WHERE expression IS NULL')
  expect(deleted.rowCount).toBe(2)
})

test('a call retires a bounded part, also of one user', async () => {
  await Promise.all(Array.from({ length: 201 }, () => logged(100)))
  expect(await retireExpressions(bench.pool, 60)).toHaveLength(200)
  expect(await retireExpressions(bench.pool, 60)).toHaveLength(1)
})
