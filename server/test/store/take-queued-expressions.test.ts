import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { loadExpressions } from '../../src/store/expressions/load-expressions.ts'
import { takeQueuedExpressions, type Taking } from '../../src/store/expressions/take-queued-expressions.ts'
import { openStoreBench, type StoreBench } from './support.ts'

let bench: StoreBench
let replicaId: string
beforeAll(async () => {
  bench = await openStoreBench()
})
beforeEach(async () => {
  await bench.reset()
  replicaId = await bench.replica()
})
afterAll(() => bench.close())

const start = '00000000-0000-0000-0000-000000000000'

const takeRows = (options: Partial<Taking> = {}, pool = bench.pool) =>
  takeQueuedExpressions(pool, { replicaId, limit: 100, after: start, busyOwners: [], onlyOthers: false, ...options })

const take = async (options: Partial<Taking> = {}, pool = bench.pool) =>
  (await takeRows(options, pool)).rows.map(({ id }) => id)

/** So many queued expressions of a new user. */
async function backlog(count: number) {
  const ownerId = await bench.user()
  const ids: string[] = []
  while (ids.length < count) ids.push(await bench.expression(ownerId))
  return { ownerId, ids }
}

describe('an expression that is taken', () => {
  test('runs at the replica, with an epoch of its own', async () => {
    const { ids } = await backlog(1)
    const { rows } = await takeRows()
    const plan = { tasks: [], root: '1' }
    expect(rows).toEqual((await loadExpressions(bench.pool, ids)).map((row) => ({ ...row, plan })))
    expect(await bench.row(ids[0]!)).toMatchObject({ status: 'RUNNING', replicaId, epoch: 1, version: 2 })
    expect(await take()).toEqual([])
  })
})

describe('the order is fair', () => {
  test('the oldest of each user, then the second of each', async () => {
    const [ada, bob, eve] = [await backlog(5), await backlog(2), await backlog(1)]
    const taken = await take({ limit: 5 })
    expect(taken).toEqual([...ada.ids.slice(0, 2), ...bob.ids, ...eve.ids].sort())
  })

  test('users who have nothing here before those who have', async () => {
    const [ada, bob] = [await backlog(3), await backlog(3)]
    expect(await take({ limit: 3, busyOwners: [ada.ownerId] })).toEqual(bob.ids)
  })

  test('only one each of the others, where that is all there is room for', async () => {
    const [ada, bob, eve] = [await backlog(3), await backlog(3), await backlog(3)]
    const taken = await take({ busyOwners: [ada.ownerId], onlyOthers: true })
    expect(taken.sort()).toEqual([bob.ids[0], eve.ids[0]])
  })

  test('users go in turn: a call begins after the user where the last one ended', async () => {
    const [ada, bob] = [await backlog(1), await backlog(1)]
    expect(await take({ after: ada.ownerId })).toEqual(bob.ids)
    expect(await takeRows({ after: bob.ownerId })).toEqual({ rows: [], lastOwner: null })
    expect(await takeRows()).toMatchObject({ rows: [{ id: ada.ids[0] }], lastOwner: ada.ownerId })
  })

  test('more users than one call looks at are all reached', async () => {
    const users = await Promise.all(Array.from({ length: 70 }, () => backlog(1)))
    const first = await takeRows()
    const rest = await take({ after: first.lastOwner! })
    expect(new Set([...first.rows.map(({ id }) => id), ...rest])).toEqual(new Set(users.flatMap(({ ids }) => ids)))
  })
})

test('of two replicas that take at the same time, none gets what the other has, and nothing is lost', async () => {
  const users = [await backlog(30), await backlog(30), await backlog(30)]
  const otherId = await bench.replica()
  const taken: string[] = []
  for (let left = 90; left > 0;) {
    const both = await Promise.all([
      take({ limit: 20 }),
      take({ limit: 20, replicaId: otherId }, bench.otherPool),
      take({ limit: 20, replicaId: otherId }, bench.otherPool),
    ])
    taken.push(...both.flat())
    left -= both.flat().length
    expect(both.flat().length).toBeGreaterThan(0)
  }
  expect(taken.sort()).toEqual(users.flatMap(({ ids }) => ids).sort())
})

test('what somebody else holds is skipped, not waited for', async () => {
  const { ids } = await backlog(2)
  const client = await bench.otherPool.connect()
  await client.query('BEGIN')
  await client.query('SELECT FROM expression WHERE id = $1 FOR UPDATE', [ids[0]])
  expect(await take()).toEqual([ids[1]])
  await client.query('ROLLBACK')
  client.release()
  expect(await take()).toEqual([ids[0]])
})

describe('one call takes no more operations than one turn of the event loop can load', () => {
  test('the rest is taken by the next', async () => {
    const ownerId = await bench.user()
    const ids: string[] = []
    for (let i = 0; i < 4; i++) ids.push(await bench.expression(ownerId, { operationCount: 2_500 }))
    expect(await take()).toEqual(ids.slice(0, 2))
    expect(await take()).toEqual(ids.slice(2))
  })

  test('the first is taken, however many it has', async () => {
    const ownerId = await bench.user()
    const ids = [
      await bench.expression(ownerId, { operationCount: 1_000_000 }),
      await bench.expression(ownerId, { operationCount: 1 }),
    ]
    expect(await take()).toEqual(ids.slice(0, 1))
    expect(await take()).toEqual(ids.slice(1))
  })

  test('one user with large ones does not keep another waiting', async () => {
    const large = await bench.user()
    for (let i = 0; i < 3; i++) await bench.expression(large, { operationCount: 4_000 })
    const { ids } = await backlog(1)
    expect(await take()).toContain(ids[0])
  })
})
