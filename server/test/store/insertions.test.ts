import { timers } from '../../src/clock.ts'
import type { Pool, QueryConfig } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Insertions } from '../../src/store/expressions/insertions.ts'
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

test('what cannot be inserted fails for who brought it, and for nobody else', async () => {
  const insertions = new Insertions(bench.pool, timers)
  const good = Array.from({ length: 20 }, () => newExpression(ada))
  const bad = [newExpression(ada, { source: 'NUL: \0' }), newExpression(ada, { operationCount: 2 ** 40 })]
  const all = [...good.slice(0, 10), ...bad, ...good.slice(10)]
  const outcomes = await Promise.allSettled(all.map((one) => insertions.add(one)))
  const rejected = outcomes.flatMap(({ status }, place) => (status === 'rejected' ? [all[place]] : []))
  expect(rejected).toEqual(bad)
  const { rows } = await bench.pool.query<{ count: number }>('SELECT count(*) FROM expression')
  expect(rows[0]?.count).toBe(20)
})

test('however much comes at once, no statement carries more than a million characters', async () => {
  const carried: number[] = []
  const pool = {
    query(config: QueryConfig) {
      carried.push((config.values ?? []).join('').length)
      return bench.pool.query(config)
    },
  } as unknown as Pool
  const insertions = new Insertions(pool, timers)
  const plan = JSON.stringify('x'.repeat(100_000))
  const all = Array.from({ length: 50 }, () => newExpression(ada, { plan, source: '1'.repeat(9_990) }))
  const rows = await Promise.all(all.map((one) => insertions.add(one)))
  expect(rows.map((row) => row?.id)).toEqual(all.map(({ id }) => id))
  expect(Math.max(...carried)).toBeLessThan(1_010_000)
  expect(carried.length).toBeLessThan(10)
})

test('what waits is bounded: more is turned away at once, and told to come again', async () => {
  const silent = { query: () => new Promise(() => {}) } as unknown as Pool
  const insertions = new Insertions(silent, timers)
  const plan = 'x'.repeat(10_000_000)
  for (let i = 0; i < 7; i++) void insertions.add(newExpression(ada, { plan }))
  await expect(insertions.add(newExpression(ada))).rejects.toMatchObject({ trouble: 'busy' })
})

test('is inserted once, though the insert is sent again', async () => {
  const [first, second] = [new Insertions(bench.pool, timers), new Insertions(bench.pool, timers)]
  const expressions = Array.from({ length: 5 }, () => newExpression(ada))
  const rows = await Promise.all(expressions.slice(0, 3).map((one) => first.add(one)))
  const again = await Promise.all(expressions.map((one) => second.add(one)))
  expect(again.slice(0, 3)).toEqual(rows)
  expect(again.map((row) => row?.id)).toEqual(expressions.map(({ id }) => id))
})

test('what has changed since it was inserted is not given out as new', async () => {
  const insertions = new Insertions(bench.pool, timers)
  const expression = newExpression(ada)
  await insertions.add(expression)
  await bench.pool.query('UPDATE expression SET version = version + 1')
  expect(await insertions.add(expression)).toBeNull()
})
