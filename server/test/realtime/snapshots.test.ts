import { expect, test } from 'vitest'
import { createFeed } from './support.ts'

test('those who come together share one snapshot, after the first of them', async () => {
  let reads = 0
  const snapshot = () => Promise.resolve([{ key: 'a', version: ++reads }])
  const feed = createFeed(() => Promise.resolve([]), 20)
  const subscribe = async (topic: string) => {
    const subscription = feed.subscribe(topic, snapshot)
    return ((await subscription.next()) as { value: unknown }).value
  }
  expect(await subscribe('topic')).toEqual([{ key: 'a', version: 1 }])
  const together = ['topic', 'topic', 'topic'].map(subscribe)
  expect(await subscribe('another')).toEqual([{ key: 'a', version: 2 }])
  const [one, ...others] = await Promise.all(together)
  expect(one).toEqual([{ key: 'a', version: 3 }])
  for (const other of others) expect(other).toBe(one)
  expect(reads).toBe(3)
})
