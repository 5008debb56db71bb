import { describe, expect, test, vi } from 'vitest'
import { ConflatedQueue } from '../../src/realtime/feed/conflated-queue.ts'
import type { Versioned } from './support.ts'

const open = (onEnd = () => {}) => new ConflatedQueue<Versioned>(({ version }) => version, onEnd)

/** One that has seen its snapshot, an empty one. */
async function opened() {
  const latest = open()
  latest.completeSnapshot(1)
  await latest.next()
  return latest
}

const push = (latest: ConflatedQueue<Versioned>, key: string, version: number) =>
  latest.push(new Map([[key, { key, version }]]))
const news = (...entities: [string, number][]) => ({
  done: false,
  value: entities.map(([key, version]) => ({ key, version })),
})

describe('the snapshot', () => {
  test('comes first and whole, with what changed while it was read', async () => {
    const latest = open()
    const first = latest.next()
    push(latest, 'b', 2)
    push(latest, 'a', 1)
    push(latest, 'b', 1)
    latest.completeSnapshot(1)
    expect(await first).toEqual(news(['b', 2], ['a', 1]))
  })

  test('is news though it is empty: the subscription stands', async () => {
    const latest = open()
    const first = latest.next()
    latest.completeSnapshot(1)
    expect(await first).toEqual(news())
  })
})

describe('one who does not read', () => {
  test('holds the latest state of each entity and no more, in the order of first change', async () => {
    const latest = await opened()
    for (let version = 1; version <= 10_000; version++) for (const key of ['a', 'b', 'c']) push(latest, key, version)
    expect(await latest.next()).toEqual(news(['a', 10_000], ['b', 10_000], ['c', 10_000]))
  })

  test('has seen everything once it has read', async () => {
    const latest = await opened()
    push(latest, 'a', 1)
    await latest.next()
    const next = latest.next()
    push(latest, 'b', 1)
    expect(await next).toEqual(news(['b', 1]))
  })
})

describe('one who waits', () => {
  test('gets all that one turn of the event loop brings as one list', async () => {
    const latest = await opened()
    const next = latest.next()
    push(latest, 'a', 1)
    push(latest, 'b', 1)
    push(latest, 'a', 2)
    expect(await next).toEqual(news(['a', 2], ['b', 1]))
  })

  test('is done when the subscription ends, and what comes later is dropped', async () => {
    const onEnd = vi.fn()
    const latest = open(onEnd)
    const next = latest.next()
    await latest.return()
    await latest.return()
    push(latest, 'a', 1)
    latest.completeSnapshot(1)
    expect(await next).toEqual({ done: true, value: undefined })
    expect(await latest.next()).toEqual({ done: true, value: undefined })
    expect(onEnd).toHaveBeenCalledTimes(1)
    expect(latest.isEnded).toBe(true)
  })
})

describe('two who are equally behind', () => {
  test('show the very same list, whether they missed one batch or many', async () => {
    const [one, other] = [await opened(), await opened()]
    for (let version = 1; version <= 100; version++) {
      const batch = new Map([[`key ${version % 7}`, { key: `key ${version % 7}`, version }]])
      one.push(batch)
      other.push(batch)
      if (version % 40 !== 1) continue
      const { value } = (await one.next()) as { value: Versioned[] }
      expect((await other.next()).value).toBe(value)
    }
  })
})
