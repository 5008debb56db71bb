import { expect, test } from 'vitest'
import { Batcher } from '../../src/store/batcher.ts'

/** A batcher whose batches wait until the test lets them go. */
function startBench(largest?: number) {
  const batches: number[][] = []
  const gates: { open: () => void; fail: (error: Error) => void }[] = []
  const batcher = new Batcher<number, string>(async (items) => {
    batches.push(items)
    await new Promise<void>((open, fail) => gates.push({ open, fail }))
    return items.map((item) => `of ${item}`)
  }, largest)
  return { batcher, batches, gate: (place: number) => gates[place]! }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('what one turn of the event loop brings is one batch; what arrives during it is the next', async () => {
  const { batcher, batches, gate } = startBench()
  const first = [batcher.add(1), batcher.add(2)]
  await settled()
  const second = [batcher.add(3), batcher.add(4), batcher.add(5)]
  await settled()
  expect(batches).toEqual([[1, 2]])
  gate(0).open()
  expect(await Promise.all(first)).toEqual(['of 1', 'of 2'])
  await settled()
  expect(batches).toEqual([
    [1, 2],
    [3, 4, 5],
  ])
  gate(1).open()
  expect(await Promise.all(second)).toEqual(['of 3', 'of 4', 'of 5'])
})

test('a batch is no larger than the largest', async () => {
  const { batcher, batches, gate } = startBench(2)
  const all = [1, 2, 3].map((item) => batcher.add(item))
  await settled()
  expect(batcher.size).toBe(1)
  gate(0).open()
  await settled()
  gate(1).open()
  expect(await Promise.all(all)).toEqual(['of 1', 'of 2', 'of 3'])
  expect(batches).toEqual([[1, 2], [3]])
})

test('a batch that fails fails for all that are in it, and for no other', async () => {
  const { batcher, gate } = startBench()
  const first = Promise.allSettled([batcher.add(1), batcher.add(2)])
  await settled()
  const next = batcher.add(3)
  gate(0).fail(Object.assign(new Error('no database'), { code: 'ECONNREFUSED' }))
  expect((await first).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await settled()
  gate(1).open()
  expect(await next).toBe('of 3')
})

test('a batch is filled by size; what is larger alone is a batch of its own', async () => {
  const batches: string[][] = []
  const run = (items: string[]) => {
    batches.push(items)
    return Promise.resolve(items)
  }
  const batcher = new Batcher<string, string>(run, 4, ({ length }) => length)
  await Promise.all(['a', 'bb', 'cc', 'dddddd', 'e'].map((item) => batcher.add(item)))
  expect(batches).toEqual([['a', 'bb'], ['cc'], ['dddddd'], ['e']])
})
