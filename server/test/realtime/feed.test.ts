import { afterEach, describe, expect, test, vi } from 'vitest'
import { FeedBench, type Versioned } from './support.ts'

const [a1, a2, a3, b1]: Versioned[] = [
  { key: 'a', version: 1 },
  { key: 'a', version: 2 },
  { key: 'a', version: 3 },
  { key: 'b', version: 1 },
] as const
const news = (...entities: (Versioned | undefined)[]) => ({ done: false, value: entities })

/** One turn of the event loop: all that was resolved has had its effect. */
const aTurn = () => new Promise((resolve) => setImmediate(resolve))

afterEach(() => void vi.useRealTimers())

/** A subscriber that has its snapshot. */
async function subscribed(feed: Pick<FeedBench['feed'], 'subscribe'>, topic: string, ...snapshot: Versioned[]) {
  const subscriber = feed.subscribe(topic, () => Promise.resolve(snapshot))
  await subscriber.next()
  return subscriber
}

describe('a subscriber', () => {
  test('gets the snapshot first, and what changes while it is read with it', async () => {
    const bench = new FeedBench()
    const subscriber = bench.feed.subscribe('topic', bench.snapshot)
    const snapshot = await bench.nextRead()
    bench.feed.notice('a', ['topic'])
    const change = await bench.nextRead()
    expect(change.keys).toEqual(['a'])
    change.answer(a2!)
    await aTurn()
    snapshot.answer(b1!, a1!)
    expect(await subscriber.next()).toEqual(news(a2, b1))
  })

  test('gets the snapshot first, though a change was being read for another as it came', async () => {
    const bench = new FeedBench()
    const early = await subscribed(bench.feed, 'topic')
    bench.feed.notice('a', ['topic'])
    const change = await bench.nextRead()
    const late = bench.feed.subscribe('topic', bench.snapshot)
    const first = late.next()
    change.answer(a1!)
    expect(await early.next()).toEqual(news(a1))
    const snapshot = await bench.nextRead()
    expect(snapshot.keys).toEqual(['snapshot'])
    snapshot.answer(a2!, b1!)
    expect(await first).toEqual(news(a2, b1))
  })

  test('is not shown what is older than its snapshot, by a read that began before it and ends after it', async () => {
    const bench = new FeedBench()
    await subscribed(bench.feed, 'topic')
    bench.feed.notice('a', ['topic'])
    const change = await bench.nextRead()
    const late = bench.feed.subscribe('topic', bench.snapshot)
    ;(await bench.nextRead()).answer(a2!)
    expect(await late.next()).toEqual(news(a2))
    change.answer(a1!)
    const again = await bench.nextRead()
    expect(again.keys).toEqual(['a'])
    again.answer(a3!)
    expect(await late.next()).toEqual(news(a3))
  })

  test('waits for no other’s snapshot', async () => {
    const bench = new FeedBench()
    bench.feed.subscribe('slow', bench.snapshot)
    await bench.nextRead()
    const quick = bench.feed.subscribe('quick', bench.snapshot)
    ;(await bench.nextRead()).answer(a1!)
    expect(await quick.next()).toEqual(news(a1))
  })

  test('that leaves before its turn is not read for', async () => {
    const bench = new FeedBench()
    for (let reading = 0; reading < 4; reading++) bench.feed.subscribe('topic', bench.snapshot)
    const waiting = bench.feed.subscribe('topic', bench.snapshot)
    await waiting.return?.()
    for (let reading = 0; reading < 4; reading++) (await bench.nextRead()).answer()
    await aTurn()
    expect(bench.reads).toBe(4)
  })

  test('that does not read gets the latest state of each entity, not every state', async () => {
    const bench = new FeedBench()
    const subscriber = await subscribed(bench.feed, 'topic')
    for (const entity of [a1, a2, a3]) {
      bench.feed.notice('a', ['topic'])
      ;(await bench.nextRead()).answer(entity!)
      await aTurn()
    }
    bench.feed.notice('b', ['topic'])
    ;(await bench.nextRead()).answer(b1!)
    await aTurn()
    expect(await subscriber.next()).toEqual(news(a3, b1))
  })

  test('that has left is forgotten', async () => {
    const bench = new FeedBench()
    const subscriber = await subscribed(bench.feed, 'topic')
    expect(bench.feed.isWatched('topic')).toBe(true)
    await subscriber.return?.()
    expect(bench.feed.isWatched('topic')).toBe(false)
    bench.feed.notice('a', ['topic'])
    expect(bench.reads).toBe(0)
  })
})

describe('a change', () => {
  test('is read once for all its subscribers, whatever their topics', async () => {
    const bench = new FeedBench()
    const subscribers = [
      await subscribed(bench.feed, 'one'),
      await subscribed(bench.feed, 'one'),
      await subscribed(bench.feed, 'other'),
    ]
    bench.feed.notice('a', ['one', 'other', 'nobody'])
    bench.feed.notice('a', ['one'])
    ;(await bench.nextRead()).answer(a1!)
    for (const subscriber of subscribers) expect(await subscriber.next()).toEqual(news(a1))
    expect(bench.reads).toBe(1)
  })

  test('crosses to no other topic', async () => {
    const bench = new FeedBench()
    const ada = await subscribed(bench.feed, 'ada')
    const bob = await subscribed(bench.feed, 'bob')
    bench.feed.notice('a', ['ada'])
    bench.feed.notice('b', ['bob'])
    const read = await bench.nextRead()
    expect(read.keys).toEqual(['a', 'b'])
    read.answer(a1!, b1!)
    expect(await ada.next()).toEqual(news(a1))
    expect(await bob.next()).toEqual(news(b1))
  })

  test('during a read is read again', async () => {
    const bench = new FeedBench()
    const subscriber = await subscribed(bench.feed, 'topic')
    bench.feed.notice('a', ['topic'])
    const first = await bench.nextRead()
    bench.feed.notice('a', ['topic'])
    first.answer(a1!)
    expect(await subscriber.next()).toEqual(news(a1))
    ;(await bench.nextRead()).answer(a2!)
    expect(await subscriber.next()).toEqual(news(a2))
  })

  test('of what is gone is no event', async () => {
    const bench = new FeedBench()
    const subscriber = await subscribed(bench.feed, 'topic')
    bench.feed.notice('a', ['topic'])
    ;(await bench.nextRead()).answer()
    bench.feed.notice('b', ['topic'])
    ;(await bench.nextRead()).answer(b1!)
    expect(await subscriber.next()).toEqual(news(b1))
  })
})

describe('a read that fails', () => {
  test('is tried again, and no change is lost', async () => {
    vi.useFakeTimers()
    const bench = new FeedBench()
    const subscriber = await subscribed(bench.feed, 'topic')
    bench.feed.notice('a', ['topic'])
    const failing = await bench.nextRead()
    bench.feed.notice('b', ['topic'])
    failing.fail(new Error('no database'))
    await vi.runAllTimersAsync()
    const again = await bench.nextRead()
    expect(again.keys.toSorted()).toEqual(['a', 'b'])
    again.answer(a1!, b1!)
    expect(await subscriber.next()).toEqual(news(a1, b1))
  })

  test('of a snapshot is tried again too', async () => {
    vi.useFakeTimers()
    const bench = new FeedBench()
    const subscriber = bench.feed.subscribe('topic', bench.snapshot)
    ;(await bench.nextRead()).fail(new Error('no database'))
    await vi.runAllTimersAsync()
    ;(await bench.nextRead()).answer(a1!)
    expect(await subscriber.next()).toEqual(news(a1))
  })
})

describe('a change that comes with its state', () => {
  test('is shown as it was told, and not read', async () => {
    const bench = new FeedBench()
    const subscriber = await subscribed(bench.cached, 'topic')
    const { reads } = bench
    bench.cached.notice('a', ['topic'], a1)
    bench.cached.notice('a', ['topic'], a2)
    expect(await subscriber.next()).toEqual(news(a2))
    expect(bench.reads).toBe(reads)
  })

  test('is read where another came without: who made that may know more', async () => {
    const bench = new FeedBench()
    const subscriber = await subscribed(bench.cached, 'topic')
    bench.cached.notice('a', ['topic'], a1)
    bench.cached.notice('a', ['topic'])
    bench.cached.notice('a', ['topic'], a1)
    ;(await bench.nextRead()).answer(a2!)
    expect(await subscriber.next()).toEqual(news(a2))
  })
})

describe('a step on the way', () => {
  test('is shown soon, with the steps that follow it', async () => {
    const bench = new FeedBench()
    const subscriber = await subscribed(bench.cached, 'topic')
    bench.cached.notice('a', ['topic'], a1, 'soon')
    await aTurn()
    bench.cached.notice('a', ['topic'], a2, 'soon')
    expect(await subscriber.next()).toEqual(news(a2))
  })

  test('goes with what is shown at once, which does not wait for it', async () => {
    const bench = new FeedBench()
    const subscriber = await subscribed(bench.cached, 'topic')
    bench.cached.notice('a', ['topic'], a1, 'soon')
    bench.cached.notice('b', ['topic'], b1)
    const next = subscriber.next()
    await aTurn()
    bench.cached.notice('a', ['topic'], a2, 'soon')
    expect(await next).toEqual(news(a1, b1))
    expect(await subscriber.next()).toEqual(news(a2))
  })
})
