import { afterAll, beforeAll, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { loadLogs } from '../../src/store/expressions/load-logs.ts'
import { effortOf } from '../cost/effort.ts'
import { openStoreBench, type StoreBench } from './support.ts'

const results = 20_000
let bench: StoreBench
let large: string
let small: string

beforeAll(async () => {
  bench = await openStoreBench()
  const ownerId = await bench.user()
  large = await bench.expression(ownerId, { operationCount: results })
  small = await bench.expression(ownerId)
  const insert = (id: string, count: number) =>
    bench.pool.query(
      `INSERT INTO task_result (expression_id, task, value, agent_id, attempt, started_at, finished_at)
       SELECT $1, task, task::text, $2, 1, 'epoch'::timestamptz + task * interval '1 ms', now()
         FROM generate_series(0, $3 - 1) task`,
      [id, v7(), count],
    )
  await insert(large, results)
  await insert(small, 2)
})
afterAll(() => bench.close())

test('logs come whole, each with its own results in the order of tasks, times to the millisecond', async () => {
  const logs = await loadLogs(bench.pool, [large, small, v7()])
  expect([...logs.keys()].sort()).toEqual([large, small].sort())
  expect(logs.get(small)!.map(({ task }) => task)).toEqual([0, 1])
  const log = logs.get(large)!
  expect(log.map(({ task }) => task)).toEqual(Array.from({ length: results }, (_, task) => task))
  expect(log[1_000]).toMatchObject({ value: '1000', attempt: 1, startedAt: 1_000 })
})

test('a long log is read in parts, with everything else between them', async () => {
  await loadLogs(bench.pool, [large])
  const { cpuMs, longestTurnMs } = await effortOf(() => loadLogs(bench.pool, [large]))
  expect(longestTurnMs).toBeLessThan(cpuMs / 3)
})
