import { expect, test } from 'vitest'
import { Batcher, sizeByCharacters } from '../../src/store/batcher.ts'

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

test.each([
  ['a string that is too long', new RangeError('Invalid string length')],
  ['a bug', new TypeError('undefined is not a function')],
  ['data that PostgreSQL refuses', Object.assign(new Error('value out of range'), { code: '22003' })],
  ['an error inside PostgreSQL', Object.assign(new Error('internal error'), { code: 'XX000' })],
])('%s fails for the item that brought it, and for no other', async (_name, error) => {
  const runs: number[] = []
  const bad = new Set([7, 300])
  const batcher = new Batcher<number, number>((items) => {
    runs.push(items.length)
    return items.some((item) => bad.has(item)) ? Promise.reject(error) : Promise.resolve(items.map((item) => 2 * item))
  })
  const all = await Promise.allSettled(Array.from({ length: 500 }, (_, item) => batcher.add(item)))
  expect(all.flatMap(({ status }, item) => (status === 'rejected' ? [item] : []))).toEqual([7, 300])
  expect(all[8]).toEqual({ status: 'fulfilled', value: 16 })
  expect(runs.length).toBeLessThan(40)
})

test('an item that throws before there is a promise is isolated too', async () => {
  const batcher = new Batcher<string, string>((items) => {
    const text = items.join('')
    if (text.includes('!')) throw new RangeError('Invalid string length')
    return Promise.resolve(items)
  })
  const all = await Promise.allSettled(['a', '!', 'b'].map((item) => batcher.add(item)))
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

test('a batch ends at its number of items or of characters, whichever comes first', async () => {
  const batches: number[] = []
  const sizeOf = sizeByCharacters(4, 100)
  const batcher = new Batcher<number, number>(
    (items) => {
      batches.push(items.length)
      return Promise.resolve(items)
    },
    100,
    sizeOf,
  )
  await Promise.all([1, 1, 1, 1, 1, 60, 30, 60, 500, 1].map((item) => batcher.add(item)))
  expect(batches).toEqual([4, 2, 2, 1, 1])
  expect(batcher.size).toBe(0)
})
