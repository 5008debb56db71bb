import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { insertExpressions } from '../../src/store/expressions/insert-expressions.ts'
import { searchExpressions, type Search } from '../../src/store/expressions/search-expressions.ts'
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

const search = (options: Partial<Search>) =>
  searchExpressions(bench.pool, {
    ...{ ownerId: ada, statuses: null, contains: null, towards: 'older', from: null, limit: 10 },
    ...options,
  })

test('finds what contains the text, as it is written, from either end', async () => {
  const ids = await add(['1+1', '2%3', '1+10', '1_1', '1+1\\'])
  await add(['1+1'], await bench.user())
  const contains = async (text: string, towards: Search['towards'] = 'older') =>
    (await search({ contains: text, towards })).ids.map((id) => ids.indexOf(id))
  expect(await contains('1+1')).toEqual([4, 2, 0])
  expect(await contains('1+1', 'newer')).toEqual([0, 2, 4])
  expect(await contains('%')).toEqual([1])
  expect(await contains('_')).toEqual([3])
  expect(await contains('\\')).toEqual([4])
  expect(await search({ contains: '1+1', limit: 2 })).toEqual({ ids: [ids[4], ids[2]], stoppedAt: null })
  expect((await search({ contains: '1+1', from: ids[2]! })).ids).toEqual([ids[0]])
  expect((await search({ statuses: ['RUNNING'], contains: '1' })).ids).toEqual([])
  expect((await search({ statuses: ['QUEUED'] })).ids).toHaveLength(5)
})

test('reads a bounded part, tells where it stopped, and all is found by going on there', async () => {
  const ids = await add(Array.from({ length: 20_000 }, (_, i) => (i % 7_000 === 0 ? 'x+1' : '1+2')))
  const found: string[] = []
  let pages = 0
  for (let from: string | null = null; ; pages++) {
    const page = await search({ contains: 'x', from })
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
