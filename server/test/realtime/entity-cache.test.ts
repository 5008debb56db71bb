import { describe, expect, test } from 'vitest'
import { EntityCache } from '../../src/realtime/entity-cache.ts'
import type { Versioned } from './support.ts'

/** A cache of what the test stores, of which it counts the reads and may do something while one is under way. */
function caching(...stored: Versioned[]) {
  const store = new Map(stored.map((entity) => [entity.key, entity]))
  const reads: string[][] = []
  let meanwhile = () => {}
  const cache = new EntityCache<Versioned>({
    keyOf: ({ key }) => key,
    versionOf: ({ version }) => version,
    read: async (keys) => {
      reads.push([...keys])
      const found = keys.flatMap((key) => store.get(key) ?? [])
      await Promise.resolve()
      meanwhile()
      return found
    },
  })
  return { cache, store, reads, whileReading: (run: () => void) => (meanwhile = run) }
}

const a = (version: number): Versioned => ({ key: 'a', version })

describe('an entity', () => {
  test('is read once, until it is marked dirty', async () => {
    const { cache, reads } = caching(a(1))
    await cache.get(['a'])
    expect(await cache.get(['a'])).toEqual([a(1)])
    expect(reads).toEqual([['a']])
    cache.markDirty('a')
    await cache.get(['a'])
    expect(reads).toEqual([['a'], ['a']])
  })

  test('that was put is not read, and of two that were put the newer stays', async () => {
    const { cache, reads } = caching()
    expect(cache.put(a(2))).toEqual(a(2))
    expect(cache.put(a(1))).toEqual(a(2))
    expect(await cache.get(['a'])).toEqual([a(2)])
    expect(reads).toEqual([])
  })

  test('that is dirty is read, though somebody who may not know better puts it', async () => {
    const { cache } = caching(a(3))
    cache.markDirty('a')
    cache.put(a(2))
    expect(await cache.get(['a'])).toEqual([a(3)])
  })

  test('that is marked dirty while it is read is read again', async () => {
    const { cache, store, whileReading } = caching(a(1))
    whileReading(() => cache.markDirty('a'))
    expect(await cache.get(['a'])).toEqual([a(1)])
    store.set('a', a(2))
    expect(await cache.get(['a'])).toEqual([a(2)])
  })

  test('that is put while an older state is read stays', async () => {
    const { cache, whileReading } = caching(a(1))
    whileReading(() => cache.put(a(2)))
    expect(await cache.get(['a'])).toEqual([a(2)])
  })

  test('that is gone is left out, and found where it comes back', async () => {
    const { cache, store } = caching(a(1))
    await cache.get(['a'])
    store.delete('a')
    cache.markAllDirty()
    expect(await cache.get(['a'])).toEqual([])
    store.set('a', a(2))
    expect(await cache.get(['a'])).toEqual([a(2)])
  })
})

test('what could not be read is read again', async () => {
  const { cache, reads, whileReading } = caching(a(1))
  whileReading(() => {
    throw new Error('no database')
  })
  await expect(cache.get(['a'])).rejects.toThrow('no database')
  whileReading(() => {})
  expect(await cache.get(['a'])).toEqual([a(1)])
  expect(reads).toHaveLength(2)
})
