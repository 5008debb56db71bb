import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findByRequestId } from '../../src/store/expressions/find-by-request-id.ts'
import { insertExpressions } from '../../src/store/expressions/insert-expressions.ts'
import { loadExpressions } from '../../src/store/expressions/load-expressions.ts'
import { newExpression, openStoreBench, type StoreBench } from './support.ts'

let bench: StoreBench
let ada: string
beforeAll(async () => {
  bench = await openStoreBench()
})
beforeEach(async () => {
  await bench.reset()
  ada = await bench.user()
})
afterAll(() => bench.close())

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)

describe('a request id', () => {
  test('makes one expression of an owner, whoever asks again', async () => {
    const first = newExpression(ada, { requestId: 'r' })
    const again = newExpression(ada, { requestId: 'r', source: '9' })
    const inserted = await insertExpressions(bench.pool, [first])
    expect(inserted.size).toBe(1)
    expect(await insertExpressions(bench.pool, [again])).toEqual(new Map())
    expect(await findByRequestId(bench.database, ada, 'r')).toBe(first.id)
    expect(await findByRequestId(bench.database, ada, 'other')).toBeNull()
  })

  test('that stands twice in a batch makes one', async () => {
    const both = [newExpression(ada, { requestId: 'r' }), newExpression(ada, { requestId: 'r' })]
    const inserted = await insertExpressions(bench.pool, both)
    expect([...inserted.keys()]).toEqual([await findByRequestId(bench.database, ada, 'r')])
  })

  test('of two owners makes two', async () => {
    const bob = await bench.user()
    const both = [newExpression(ada, { requestId: 'r' }), newExpression(bob, { requestId: 'r' })]
    expect((await insertExpressions(bench.pool, both)).size).toBe(2)
  })

  test('in many batches at the same time makes one', async () => {
    const tries = Array.from({ length: 20 }, () => newExpression(ada, { requestId: 'r' }))
    const pools = [bench.pool, bench.otherPool]
    const inserted = await Promise.all(tries.map((one, i) => insertExpressions(pools[i % 2]!, [one])))
    expect(inserted.flatMap((ids) => [...ids])).toHaveLength(1)
  })
})

describe('an expression begins', () => {
  test('as it is told', async () => {
    const replicaId = await bench.replica()
    const expressions = [{}, { replicaId }, { result: '3' }].map((where) => newExpression(ada, where))
    const inserted = await insertExpressions(bench.pool, expressions)
    const ids = expressions.map(({ id }) => id)
    expect([...inserted.values()]).toEqual((await loadExpressions(bench.pool, ids)).sort(byId))
  })

  test('queued where no replica takes it', async () => {
    const row = await bench.row(await bench.expression(ada))
    expect(row).toMatchObject({ status: 'QUEUED', epoch: 0, replicaId: null, startedAt: null, finishedAt: null })
  })

  test('running at the replica that does', async () => {
    const replicaId = await bench.replica()
    const row = await bench.row(await bench.expression(ada, { replicaId }))
    expect(row).toMatchObject({ status: 'RUNNING', epoch: 1, replicaId, finishedAt: null })
    expect(row.startedAt).toBeInstanceOf(Date)
  })

  test('at its end where there is nothing to compute', async () => {
    const row = await bench.row(await bench.expression(ada, { result: '7', operationCount: 0 }))
    expect(row).toMatchObject({ status: 'SUCCEEDED', result: '7', replicaId: null })
    expect(row.finishedAt).toEqual(row.startedAt)
  })
})
