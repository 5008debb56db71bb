import { pino } from 'pino'
import { expect } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { silentMeter } from '../../src/metering/meter.ts'
import { EntityCache } from '../../src/realtime/entity-cache.ts'
import { Feed } from '../../src/realtime/feed/feed.ts'
import { TokenBucket } from '../../src/realtime/feed/pace.ts'

export interface Versioned {
  readonly key: string
  readonly version: number
}

interface PendingRead {
  readonly keys: readonly string[]
  answer(...entities: readonly Versioned[]): void
  fail(error: Error): void
}

export const createFeed = (
  load: (keys: readonly string[]) => Promise<readonly Versioned[]>,
  snapshotGapMs = 0,
): Feed<Versioned> =>
  new Feed({
    load,
    keyOf: ({ key }) => key,
    versionOf: ({ version }) => version,
    pace: new TokenBucket(systemClock, Number.POSITIVE_INFINITY, 1),
    snapshotGapMs,
    clock: systemClock,
    meter: silentMeter,
    logger: pino({ level: 'silent' }),
  })

/** A feed of what is kept in a cache, as expressions are. */
export class CachedFeed {
  readonly cache: EntityCache<Versioned>
  readonly feed: Feed<Versioned>

  constructor(read: (keys: readonly string[]) => Promise<readonly Versioned[]>) {
    this.cache = new EntityCache({ read, keyOf: ({ key }) => key, versionOf: ({ version }) => version })
    this.feed = createFeed((keys) => this.cache.get(keys))
  }

  /** @param told as whoever changed it announces it */
  notice(key: string, topics: readonly string[], told?: Versioned, when?: 'now' | 'soon'): void {
    if (told) this.cache.put(told)
    else this.cache.markDirty(key)
    this.feed.notice(key, topics, when)
  }

  subscribe(topic: string, read: () => Promise<readonly Versioned[]>): AsyncIterableIterator<Versioned[]> {
    return this.feed.subscribe(topic, async () => (await read()).map((entity) => this.cache.put(entity)))
  }
}

/** Feeds, of what is read each time and of what is kept, whose reads wait until the test answers them. */
export class FeedBench {
  readonly feed = createFeed((keys) => this.read(keys))
  readonly cached = new CachedFeed((keys) => this.read(keys))
  /** How many reads there have been. */
  reads = 0
  private readonly pending: PendingRead[] = []
  private wake: () => void = () => {}

  /** A snapshot that waits too. */
  readonly snapshot = (): Promise<readonly Versioned[]> => this.read(['snapshot'])

  /** The read that is under way, waiting for one where there is none. */
  async nextRead(): Promise<PendingRead> {
    for (;;) {
      const read = this.pending.shift()
      if (read) return read
      await new Promise<void>((resolve) => (this.wake = resolve))
    }
  }

  private read(keys: readonly string[]): Promise<readonly Versioned[]> {
    this.reads++
    return new Promise((resolve, reject) => {
      this.pending.push({ keys, answer: (...entities) => resolve(entities), fail: reject })
      this.wake()
    })
  }
}

/** Reads all that a subscription brings, and checks that it holds the snapshot first and never goes back. */
export class Follower {
  readonly seen = new Map<string, number>()
  /** Rejects where what came was not as it should be. */
  readonly done: Promise<void>
  private readonly subscription: AsyncIterableIterator<Versioned[]>

  /** @param keys what its topic holds */
  constructor(subscription: AsyncIterableIterator<Versioned[]>, keys: readonly string[]) {
    this.subscription = subscription
    this.done = this.follow(keys)
    // Awaited at the end of the test; until then a failure is not unhandled.
    this.done.catch(() => {})
  }

  async leave(): Promise<void> {
    await this.subscription.return?.()
  }

  private async follow(keys: readonly string[]): Promise<void> {
    let isFirst = true
    for await (const entities of this.subscription) {
      if (isFirst) expect(entities.map(({ key }) => key).sort()).toEqual(keys)
      isFirst = false
      for (const { key, version } of entities) {
        expect(keys).toContain(key)
        expect(version).toBeGreaterThanOrEqual(this.seen.get(key) ?? 0)
        this.seen.set(key, version)
      }
    }
  }
}
