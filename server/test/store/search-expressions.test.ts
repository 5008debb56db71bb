import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { insertExpressions } from '../../src/store/expressions/insert-expressions.ts'
import { everythingOf, type ExpressionFilter } from '../../src/store/expressions/expression-filter.ts'
import { countExpressions, searchExpressions, type Search } from '../../src/store/expressions/search-expressions.ts'
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

async function add(sources: readonly string[], ownerId = ada): Promise<string[]> {
  const expressions = sources.map((source) => newExpression(ownerId, { source }))
  for (let begin = 0; begin < expressions.length; begin += 5_000)
    await insertExpressions(bench.pool, expressions.slice(begin, begin + 5_000))
  return expressions.map(({ id }) => id)
}

const searchOf = ({
  order = 'SUBMITTED',
  direction = 'DESC',
  from = null,
  limit = 10,
  ...filter
}: Partial<Search & ExpressionFilter>) => ({
  ...{ order, direction, from, limit },
  filter: { ...everythingOf(ada), ...filter },
})

async function search(options: Partial<Search & ExpressionFilter>) {
  const { places, stoppedAt } = await searchExpressions(bench.pool, searchOf(options))
  return { ids: places.map(({ id }) => id), places, stoppedAt: stoppedAt?.id ?? null }
}

const at = (id: string) => ({ id, key: null })

test('finds what contains the text, as it is written, from either end', async () => {
  const ids = await add(['1+1', '2%3', '1+10', '1_1', '1+1\\'])
  await add(['1+1'], await bench.user())
  const contains = async (text: string, direction: Search['direction'] = 'DESC') =>
    (await search({ contains: text, direction })).ids.map((id) => ids.indexOf(id))
  expect(await contains('1+1')).toEqual([4, 2, 0])
  expect(await contains('1+1', 'ASC')).toEqual([0, 2, 4])
  expect(await contains('%')).toEqual([1])
  expect(await contains('_')).toEqual([3])
  expect(await contains('\\')).toEqual([4])
  expect(await search({ contains: '1+1', limit: 2 })).toMatchObject({ ids: [ids[4], ids[2]], stoppedAt: null })
  expect((await search({ contains: '1+1', from: at(ids[2]!) })).ids).toEqual([ids[0]])
  expect((await search({ statuses: ['RUNNING'], contains: '1' })).ids).toEqual([])
  expect((await search({ statuses: ['QUEUED'] })).ids).toHaveLength(5)
})

test('reads a bounded part, tells where it stopped, and all is found by going on there', async () => {
  const ids = await add(Array.from({ length: 20_000 }, (_, i) => (i % 7_000 === 0 ? 'x+1' : '1+2')))
  const found: string[] = []
  let pages = 0
  for (let from: string | null = null; ; pages++) {
    const page = await search({ contains: 'x', from: from === null ? null : at(from) })
    found.push(...page.ids)
    from = page.stoppedAt
    if (from === null) break
  }
  expect(found).toEqual([14_000, 7_000, 0].map((i) => ids[i]))
  expect(pages).toBe(2)
})

test('of what sources hold a bounded part is read too', async () => {
  const ids = await add(Array.from({ length: 400 }, () => '1'.repeat(9_990)))
  const { stoppedAt, ids: found } = await search({ contains: `+${'1'.repeat(99)}` })
  expect(found).toEqual([])
  expect(ids.indexOf(stoppedAt!)).toBeGreaterThan(150)
  expect(ids.indexOf(stoppedAt!)).toBeLessThan(250)
})

test('a page that is full is not one that stopped', async () => {
  await add(Array.from({ length: 30 }, () => '1+2'))
  expect(await search({ contains: '1', limit: 30 })).toMatchObject({ stoppedAt: null })
  expect(await search({ contains: '1', limit: 31 })).toMatchObject({ stoppedAt: null })
})

describe('in the order of', () => {
  /** Expressions that ended so long after they began, and began so long after noon; null for what has not. */
  async function addTimed(times: readonly (readonly [startedMs: number, tookMs: number | null])[]): Promise<string[]> {
    const ids = await add(times.map(() => '1+1'))
    const values = [ids, times.map(([started]) => started), times.map(([, took]) => took)]
    await bench.pool.query(
      `UPDATE expression
          SET started_at = timestamptz '2026-11-01 12:00Z' + started * interval '1 ms',
              finished_at = timestamptz '2026-11-01 12:00Z' + (started + took) * interval '1 ms',
              status = CASE WHEN took IS NULL THEN 'RUNNING' ELSE 'CANCELLED' END::expression_status
         FROM unnest($1::uuid[], $2::int[], $3::int[]) AS times (id, started, took) WHERE times.id = expression.id`,
      values,
    )
    return ids
  }

  const times = [
    [0, 50],
    [10, null],
    [20, 5],
    [30, 50],
    [40, 0],
  ] as const

  test.each([
    ['SUBMITTED', 'ASC', [0, 1, 2, 3, 4]],
    ['FINISHED', 'ASC', [2, 4, 0, 3]],
    ['FINISHED', 'DESC', [3, 0, 4, 2]],
    ['DURATION', 'ASC', [4, 2, 0, 3]],
    ['DURATION', 'DESC', [3, 0, 2, 4]],
  ] as const)('%s, %s, a page goes on where the last one ended', async (order, direction, expected) => {
    const ids = await addTimed(times)
    await addTimed(times)
    await bench.pool.query('UPDATE expression SET owner_id = $1 WHERE id <> ALL($2::uuid[])', [await bench.user(), ids])
    expect((await search({ order, direction })).ids.map((id) => ids.indexOf(id))).toEqual(expected)
    const seen: string[] = []
    for (let from: Search['from'] = null; ;) {
      const { places } = await search({ order, direction, from, limit: 1 })
      if (places.length === 0) break
      seen.push(...places.map(({ id }) => id))
      from = places.at(-1) ?? null
    }
    expect(seen.map((id) => ids.indexOf(id))).toEqual(expected)
  })

  test('any, ranges and statuses hold, their lower bounds included', async () => {
    const ids = await addTimed(times)
    const noon = (ms: number) => new Date(Date.parse('2026-11-01T12:00:00Z') + ms)
    const submittedAt = async (index: number) =>
      (await bench.database.prisma.expression.findUniqueOrThrow({ where: { id: ids[index]! } })).createdAt
    const now = await submittedAt(0)
    const later = new Date(now.getTime() + 1)
    const cases: readonly (readonly [Partial<ExpressionFilter>, readonly number[]])[] = [
      [{ finished: { from: noon(40), before: noon(80) } }, [0, 4]],
      [{ finished: { from: null, before: noon(40) } }, [2]],
      [{ durationMs: { min: 5, max: 50 } }, [0, 2, 3]],
      [{ durationMs: { min: 6, max: null } }, [0, 3]],
      [{ durationMs: { min: null, max: 0 } }, [4]],
      [{ durationMs: { min: 50, max: null }, finished: { from: noon(80), before: null } }, [3]],
      [{ statuses: ['RUNNING'] }, [1]],
      [{ submitted: { from: now, before: later }, statuses: ['CANCELLED'] }, [0, 2, 3, 4]],
      [{ submitted: { from: later, before: null } }, []],
      [{ submitted: { from: null, before: now } }, []],
    ]
    for (const [filter, expected] of cases)
      for (const order of ['SUBMITTED', 'FINISHED', 'DURATION'] as const) {
        const found = (await search({ ...filter, order })).ids.map((id) => ids.indexOf(id)).sort()
        expect(found, JSON.stringify([filter, order])).toEqual(
          order === 'SUBMITTED' ? expected : expected.filter((index) => index !== 1),
        )
      }
    expect(await countExpressions(bench.pool, searchOf({ durationMs: { min: 5, max: null } }))).toEqual({
      count: 3,
      isAll: true,
    })
  })
})

test('a count ends at its limit, and where a search would', async () => {
  await add(Array.from({ length: 30 }, () => '1+2'))
  expect(await countExpressions(bench.pool, searchOf({ limit: 30 }))).toEqual({ count: 30, isAll: true })
  expect(await countExpressions(bench.pool, searchOf({ limit: 29 }))).toEqual({ count: 29, isAll: false })
  expect(await countExpressions(bench.pool, searchOf({ limit: 29, contains: '1' }))).toEqual({
    count: 29,
    isAll: false,
  })
  await add(Array.from({ length: 9_000 }, () => '7'))
  expect(await countExpressions(bench.pool, searchOf({ limit: 10_000, contains: '1' }))).toMatchObject({ isAll: false })
})
