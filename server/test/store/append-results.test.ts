import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { appendResults } from '../../src/store/expressions/append-results.ts'
import { countResults } from '../../src/store/expressions/count-results.ts'
import { loadLogs } from '../../src/store/expressions/load-logs.ts'
import { newResult, openStoreBench, type StoreBench } from './support.ts'

let bench: StoreBench
let replicaId: string
let id: string
beforeAll(async () => {
  bench = await openStoreBench()
})
beforeEach(async () => {
  await bench.reset()
  replicaId = await bench.replica()
  id = await bench.expression(await bench.user(), { replicaId })
})
afterAll(() => bench.close())

const none = { duplicates: new Set(), completed: new Map() }

describe('the log', () => {
  test('takes the first result of a task, and tells which came too late', async () => {
    const first = await appendResults(bench.pool, [newResult(id, 0, { value: '3' }), newResult(id, 1)], [])
    expect(first).toEqual(none)
    const again = [newResult(id, 2), newResult(id, 0, { value: '4' }), newResult(id, 1)]
    expect((await appendResults(bench.pool, again, [])).duplicates).toEqual(new Set([1, 2]))
    const log = (await loadLogs(bench.pool, [id])).get(id)
    expect(log?.map(({ task, value }) => [task, value])).toEqual([
      [0, '3'],
      [1, '7'],
      [2, '7'],
    ])
  })

  test('keeps apart the same task of two expressions', async () => {
    const other = await bench.expression(await bench.user(), { replicaId })
    await appendResults(bench.pool, [newResult(id, 0)], [])
    const { duplicates } = await appendResults(bench.pool, [newResult(id, 0), newResult(other, 0)], [])
    expect(duplicates).toEqual(new Set([0]))
    expect(await countResults(bench.pool, [id, other])).toEqual(
      new Map([
        [id, 1],
        [other, 1],
      ]),
    )
  })

  test('of batches of two replicas at the same time, counts each task exactly once', async () => {
    const ids = await Promise.all(
      Array.from({ length: 20 }, async () => bench.expression(await bench.user(), { replicaId })),
    )
    const results = ids.flatMap((id) => [0, 1, 2].map((task) => newResult(id, task)))
    // The same order: batches that insert the same rows in other orders could wait for each other in a circle.
    const batches = await Promise.all([
      appendResults(bench.pool, results, []),
      appendResults(bench.otherPool, results, []),
      appendResults(bench.pool, results, []),
      appendResults(bench.otherPool, results, []),
    ])
    const accepted = batches.flatMap(({ duplicates }) => [...results.keys()].filter((place) => !duplicates.has(place)))
    expect(accepted.sort((a, b) => a - b)).toEqual([...results.keys()])
  })

  test('keeps its times to the millisecond', async () => {
    const times = { startedAt: 1_796_000_000_123, finishedAt: 1_796_000_002_456 }
    await appendResults(bench.pool, [newResult(id, 0, times)], [])
    expect((await loadLogs(bench.pool, [id])).get(id)).toMatchObject([times])
  })
})

describe('a completion', () => {
  const completion = (epoch = 1) => ({ expressionId: id, epoch, result: '21', finishedAt: 0 })

  test('ends the expression with its last result, in one commit', async () => {
    await appendResults(bench.pool, [newResult(id, 0), newResult(id, 1)], [])
    const { completed } = await appendResults(bench.pool, [newResult(id, 2)], [completion()])
    expect(completed).toEqual(new Map([[id, (await bench.row(id)).finishedAt]]))
    expect(await bench.row(id)).toMatchObject({
      status: 'SUCCEEDED',
      result: '21',
      completedTasks: 3,
      version: 2,
      replicaId: null,
      finishedAt: expect.any(Date) as Date,
    })
  })

  test('needs no result with it', async () => {
    const { completed } = await appendResults(bench.pool, [], [completion()])
    expect([...completed.keys()]).toEqual([id])
  })

  test('of an owner that has lost the expression has no effect, but its results count', async () => {
    expect(await appendResults(bench.pool, [newResult(id, 2)], [completion(0)])).toEqual(none)
    expect(await bench.row(id)).toMatchObject({ status: 'RUNNING', result: null, version: 1 })
  })

  test('of an expression that has ended has no effect', async () => {
    await bench.pool.query(`UPDATE expression SET status = 'CANCELLED', finished_at = now() WHERE id = $1`, [id])
    expect((await appendResults(bench.pool, [newResult(id, 2)], [completion()])).completed.size).toBe(0)
    expect(await bench.row(id)).toMatchObject({ status: 'CANCELLED', result: null })
  })

  test('of two at the same time, one ends it', async () => {
    const both = await Promise.all([
      appendResults(bench.pool, [], [completion()]),
      appendResults(bench.otherPool, [], [completion()]),
    ])
    expect(both.map(({ completed }) => completed.size).sort()).toEqual([0, 1])
    expect((await bench.row(id)).version).toBe(2)
  })
})
