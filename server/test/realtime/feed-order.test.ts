import fc from 'fast-check'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { Feed } from '../../src/realtime/feed.ts'
import { unhurried, type Versioned } from './support.ts'

const keys = ['a', 'b', 'c']
const topicsOf: Readonly<Record<string, readonly string[]>> = { a: ['all', 'ab'], b: ['all', 'ab'], c: ['all', 'c'] }
const topics = ['all', 'ab', 'c']

const event = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('change' as const), key: fc.constantFrom(...keys) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('subscribe' as const), topic: fc.constantFrom(...topics) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave' as const), who: fc.nat(9) }) },
)

interface Seen {
  readonly topic: string
  readonly versions: Map<string, number>
  readonly subscriber: AsyncIterableIterator<Versioned[]>
  hasLeft: boolean
}

test('however reads and changes race, all see every entity of their topic, each at last as it is, and never going back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(event, { maxLength: 30 }), async (scheduler, events) => {
      const versions = new Map(keys.map((key) => [key, 0]))
      const look = (keys: readonly string[]): Versioned[] =>
        keys.map((key) => ({ key, version: versions.get(key) ?? 0 }))
      // A read sees the entities as they are at one moment, and takes its time before it and after it.
      const read = async (keys: readonly string[]) => {
        await scheduler.schedule(Promise.resolve(), 'read begins')
        const seen = look(keys)
        await scheduler.schedule(Promise.resolve(), 'read ends')
        return seen
      }
      const feed = new Feed<Versioned>({
        load: read,
        keyOf: ({ key }) => key,
        versionOf: ({ version }) => version,
        pace: unhurried(),
        logger: pino({ level: 'silent' }),
      })
      const all: Seen[] = []
      const follow = async (seen: Seen) => {
        let isFirst = true
        for await (const entities of { [Symbol.asyncIterator]: () => seen.subscriber }) {
          const expected = keys.filter((key) => topicsOf[key]?.includes(seen.topic))
          if (isFirst) expect(entities.map(({ key }) => key).toSorted()).toEqual(expected)
          isFirst = false
          for (const { key, version } of entities) {
            expect(expected).toContain(key)
            expect(version).toBeGreaterThanOrEqual(seen.versions.get(key) ?? 0)
            seen.versions.set(key, version)
          }
        }
      }
      const followers: Promise<void>[] = []
      const { task } = scheduler.scheduleSequence(
        events.map((event) => async () => {
          switch (event.kind) {
            case 'change':
              versions.set(event.key, (versions.get(event.key) ?? 0) + 1)
              return feed.notice(event.key, topicsOf[event.key] ?? [])
            case 'subscribe': {
              const { topic } = event
              const subscriber = feed.subscribe(topic, () => read(keys.filter((key) => topicsOf[key]?.includes(topic))))
              const seen = { topic, versions: new Map<string, number>(), subscriber, hasLeft: false }
              all.push(seen)
              const follower = follow(seen)
              // It is awaited at the end; until then its failure is not unhandled.
              follower.catch(() => {})
              followers.push(follower)
              return
            }
            case 'leave': {
              const seen = all[event.who]
              if (seen) seen.hasLeft = true
              await seen?.subscriber.return?.()
              return
            }
            default:
              return event satisfies never
          }
        }),
      )
      await scheduler.waitFor(task)
      await scheduler.waitIdle()
      for (const { topic, versions: seen, subscriber, hasLeft } of all) {
        await subscriber.return?.()
        if (hasLeft) continue
        for (const key of keys.filter((key) => topicsOf[key]?.includes(topic)))
          expect(seen.get(key)).toBe(versions.get(key))
      }
      await Promise.all(followers)
    }),
    { numRuns: 200 },
  )
})
