import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { appendResults } from '../../src/store/expressions/append-results.ts'
import { releaseExpressions } from '../../src/store/expressions/release-expressions.ts'
import { takeOverExpressions } from '../../src/store/expressions/take-over-expressions.ts'
import { removeReplica } from '../../src/store/replicas/register-replica.ts'
import { openStoreBench, type StoreBench } from './support.ts'

let bench: StoreBench
let lost: string
let heir: string
let ids: string[]
beforeAll(async () => {
  bench = await openStoreBench()
})
beforeEach(async () => {
  await bench.reset()
  lost = await bench.replica()
  heir = await bench.replica()
  const ownerId = await bench.user()
  ids = await Promise.all([1, 2, 3].map(() => bench.expression(ownerId, { replicaId: lost })))
})
afterAll(() => bench.close())

const takeOver = async (replicaId: string, limit = 100, pool = bench.pool) =>
  (await takeOverExpressions(pool, replicaId, limit)).map(({ id }) => id)

test('of a replica that lives nothing is taken', async () => {
  expect(await takeOver(heir)).toEqual([])
})

test('of one that is gone everything is, and what it still tries has no effect', async () => {
  await removeReplica(bench.pool, lost)
  expect((await takeOver(heir)).sort()).toEqual(ids.sort())
  expect(await bench.row(ids[0]!)).toMatchObject({ status: 'RUNNING', replicaId: heir, epoch: 2, version: 2 })
  const late = await appendResults(bench.pool, [], [{ expressionId: ids[0]!, epoch: 1, result: '21', finishedAt: 0 }])
  expect(late.completed.size).toBe(0)
})

test('what a replica gives up as it stops is taken at once', async () => {
  await releaseExpressions(bench.pool, lost)
  expect((await takeOver(heir)).sort()).toEqual(ids.sort())
})

test('several replicas share it, and none takes what another has', async () => {
  await removeReplica(bench.pool, lost)
  const other = await bench.replica()
  const both = await Promise.all([takeOver(heir, 2), takeOver(other, 2, bench.otherPool)])
  const rest = await takeOver(heir)
  expect([...both.flat(), ...rest].sort()).toEqual(ids.sort())
})

test('what has ended, and what is queued, stays where it is', async () => {
  await removeReplica(bench.pool, lost)
  await bench.pool.query(`UPDATE expression SET status = 'CANCELLED', finished_at = now() WHERE id = $1`, [ids[0]])
  const queued = await bench.expression(await bench.user())
  expect((await takeOver(heir)).sort()).toEqual(ids.slice(1).sort())
  expect(await bench.row(queued)).toMatchObject({ status: 'QUEUED', epoch: 0 })
})

test('one call takes no more operations than one turn of the event loop can load', async () => {
  await bench.pool.query('UPDATE expression SET operation_count = 5000')
  await removeReplica(bench.pool, lost)
  const taken = [await takeOver(heir), await takeOver(heir), await takeOver(heir)]
  expect(taken.map(({ length }) => length)).toEqual([1, 1, 1])
  expect(taken.flat().sort()).toEqual(ids.sort())
})
