import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { appendResults } from '../../src/store/expressions/append-results.ts'
import { cancelExpression } from '../../src/store/expressions/cancel-expression.ts'
import { failExpression } from '../../src/store/expressions/fail-expression.ts'
import { findUnfinished } from '../../src/store/expressions/find-unfinished.ts'
import { newResult, openStoreBench, type StoreBench } from './support.ts'

let bench: StoreBench
let ownerId: string
let id: string
beforeAll(async () => {
  bench = await openStoreBench()
})
beforeEach(async () => {
  await bench.reset()
  ownerId = await bench.user()
  id = await bench.expression(ownerId, { replicaId: await bench.replica() })
  await appendResults(bench.pool, [newResult(id, 0)], [])
})
afterAll(() => bench.close())

const failure = { code: 'DIVISION_BY_ZERO', message: 'no', task: 1, attempt: 1, agentId: null } as const

describe('failing', () => {
  test('ends a running expression once, with how far it came', async () => {
    expect(await failExpression(bench.pool, id, 1, failure)).toBe(true)
    expect(await failExpression(bench.pool, id, 1, { ...failure, message: 'again' })).toBe(false)
    expect(await bench.row(id)).toMatchObject({
      status: 'FAILED',
      failure,
      completedTasks: 1,
      version: 2,
      replicaId: null,
    })
  })

  test('is only for its owner of now', async () => {
    expect(await failExpression(bench.pool, id, 0, failure)).toBe(false)
    expect(await failExpression(bench.pool, id, 2, failure)).toBe(false)
    expect((await bench.row(id)).status).toBe('RUNNING')
  })

  test('comes too late for one that was cancelled', async () => {
    await cancelExpression(bench.pool, id)
    expect(await failExpression(bench.pool, id, 1, failure)).toBe(false)
    expect(await bench.row(id)).toMatchObject({ status: 'CANCELLED', failure: null })
  })
})

describe('cancelling', () => {
  test('ends what runs and what waits, once', async () => {
    const queued = await bench.expression(ownerId)
    for (const each of [id, queued]) {
      expect(await cancelExpression(bench.pool, each)).toBe(true)
      expect(await cancelExpression(bench.pool, each)).toBe(false)
      expect(await bench.row(each)).toMatchObject({ status: 'CANCELLED', version: 2, replicaId: null })
    }
    expect(await bench.row(id)).toMatchObject({ completedTasks: 1 })
  })

  test('of one that has its result does nothing', async () => {
    await appendResults(bench.pool, [], [{ expressionId: id, epoch: 1, result: '21', finishedAt: 0 }])
    expect(await cancelExpression(bench.pool, id)).toBe(false)
    expect(await bench.row(id)).toMatchObject({ status: 'SUCCEEDED', result: '21' })
  })

  test('and completing at the same time end it in one way', async () => {
    const [cancelled, { completed }] = await Promise.all([
      cancelExpression(bench.pool, id),
      appendResults(bench.otherPool, [], [{ expressionId: id, epoch: 1, result: '21', finishedAt: 0 }]),
    ])
    expect(cancelled).toBe(!completed.has(id))
    expect((await bench.row(id)).status).toBe(cancelled ? 'CANCELLED' : 'SUCCEEDED')
  })
})

test('what is unfinished is what runs or waits', async () => {
  const [queued, ended] = [await bench.expression(ownerId), await bench.expression(ownerId)]
  await cancelExpression(bench.pool, ended)
  expect(await findUnfinished(bench.database, [id, queued, ended])).toEqual(
    new Map([
      [id, 0],
      [queued, 0],
    ]),
  )
})
