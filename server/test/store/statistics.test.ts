import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStoreBench, type StoreBench } from './support.ts'

let bench: StoreBench
beforeAll(async () => {
  bench = await openStoreBench()
})
afterAll(() => bench.close())

/** What has none set gets a sample of 30 000 rows at each look of autovacuum; an index has columns of its own for what it computes. */
test('every column of the tables that grow with each operation says how small a sample the planner needs', async () => {
  const { rows } = await bench.pool.query(`
    SELECT relation.relname AS relation, attname AS column
      FROM pg_attribute JOIN pg_class relation ON relation.oid = attrelid
      LEFT JOIN pg_index ON indexrelid = relation.oid
     WHERE coalesce(indrelid, relation.oid) IN ('expression'::regclass, 'task_result'::regclass) AND NOT attisdropped
       AND CASE WHEN indrelid IS NULL THEN attnum > 0 ELSE indkey[attnum - 1] = 0 END
       AND coalesce(attstattarget, -1) NOT BETWEEN 0 AND 2`)
  expect(rows).toEqual([])
})
