import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CachedFeed, Follower, type Versioned } from './support.ts'

const keysOf = { all: ['a', 'b', 'c'], ab: ['a', 'b'], c: ['c'] } as const
type Topic = keyof typeof keysOf
const topics = Object.keys(keysOf) as Topic[]
const topicsOf = (key: string): Topic[] => topics.filter((topic) => (keysOf[topic] as readonly string[]).includes(key))

const event = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('change' as const),
      key: fc.constantFrom(...keysOf.all),
      isTold: fc.boolean(),
      when: fc.constantFrom('now' as const, 'soon' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('outdated' as const), key: fc.constantFrom(...keysOf.all) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('subscribe' as const), topic: fc.constantFrom(...topics) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave' as const), who: fc.nat(9) }) },
)

test('however reads and changes race, all see every entity of their topic, each at last as it is, and never going back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(event, { maxLength: 30 }), async (scheduler, events) => {
      const versions = new Map<string, number>(keysOf.all.map((key) => [key, 0]))
      // A read sees the entities as they are at one moment, and takes its time before it and after it.
      const read = async (keys: readonly string[]): Promise<Versioned[]> => {
        await scheduler.schedule(Promise.resolve(), 'read begins')
        const seen = keys.flatMap((key) => {
          const version = versions.get(key)
          return version === undefined ? [] : [{ key, version }]
        })
        await scheduler.schedule(Promise.resolve(), 'read ends')
        return seen
      }
      const feed = new CachedFeed(read)
      const followers: { follower: Follower; topic: Topic }[] = []
      const apply = async (event: (typeof events)[number]) => {
        switch (event.kind) {
          case 'change': {
            const { key, isTold, when } = event
            const version = (versions.get(key) ?? 0) + 1
            versions.set(key, version)
            return feed.notice(key, topicsOf(key), isTold ? { key, version } : undefined, when)
          }
          // Told by who does not know that another has changed it.
          case 'outdated': {
            const { key } = event
            const version = Math.max(0, (versions.get(key) ?? 0) - 1)
            return feed.notice(key, topicsOf(key), { key, version })
          }
          case 'subscribe': {
            const { topic } = event
            const subscription = feed.subscribe(topic, () => read(keysOf[topic]))
            followers.push({ topic, follower: new Follower(subscription, keysOf[topic]) })
            return
          }
          case 'leave':
            return followers.splice(event.who, 1)[0]?.follower.leave()
          default:
            return event satisfies never
        }
      }
      await scheduler.waitFor(scheduler.scheduleSequence(events.map((event) => () => apply(event))).task)
      await scheduler.waitIdle()
      // What may wait goes with what may not, here of something that is not there; so no run need wait for it.
      feed.notice('nothing', topics)
      await scheduler.waitIdle()
      for (const { topic, follower } of followers) {
        await follower.leave()
        await follower.done
        for (const key of keysOf[topic]) expect(follower.seen.get(key)).toBe(versions.get(key))
      }
    }),
    { numRuns: 500 },
  )
})
