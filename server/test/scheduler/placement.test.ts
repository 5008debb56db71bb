import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PlacementQueue, type Candidate } from '../../src/domain/tasks/placement.ts'

const candidate = (userId: string, ref = '', overrides: Partial<Candidate<string>> = {}): Candidate<string> => ({
  ref,
  userId,
  remainingMs: 1_000,
  returned: false,
  durationMs: 1_000,
  ...overrides,
})

function takeAll(queue: PlacementQueue<string>): Candidate<string>[] {
  const taken: Candidate<string>[] = []
  for (let next = queue.removeNext(); next !== undefined; next = queue.removeNext()) taken.push(next)
  return taken
}

const fresh = () => false

const refs = (candidates: readonly Candidate<string>[]) => candidates.map(({ ref }) => ref)

describe('within a user', () => {
  test('the longest remaining path goes first, then what came back, then first come first served', () => {
    const queue = new PlacementQueue<string>()
    queue.add(candidate('ada', 'short', { remainingMs: 10 }))
    queue.add(candidate('ada', 'first'))
    queue.add(candidate('ada', 'second'))
    queue.add(candidate('ada', 'returned', { returned: true }))
    queue.add(candidate('ada', 'long', { remainingMs: 9_000 }))
    expect(refs(takeAll(queue))).toEqual(['long', 'returned', 'first', 'second', 'short'])
  })
})

describe('between users', () => {
  test('a large backlog of one does not hold up another', () => {
    const queue = new PlacementQueue<string>()
    for (let i = 0; i < 1_000; i++) queue.add(candidate('ada'))
    for (let i = 0; i < 10; i++) queue.removeNext()
    queue.add(candidate('bob', 'of bob'))
    expect(refs([queue.removeNext()!, queue.removeNext()!])).toContain('of bob')
  })

  test('slot time is shared, not the number of tasks', () => {
    const queue = new PlacementQueue<string>()
    for (let i = 0; i < 100; i++) {
      queue.add(candidate('ada', '', { durationMs: 999 }))
      queue.add(candidate('bob', '', { durationMs: 99 }))
    }
    const first = Array.from({ length: 22 }, () => queue.removeNext()?.userId)
    expect(first.filter((userId) => userId === 'ada')).toHaveLength(2)
  })

  test('tasks without duration are shared too', () => {
    const queue = new PlacementQueue<string>()
    for (let i = 0; i < 10; i++) queue.add(candidate('ada', '', { durationMs: 0 }))
    for (let i = 0; i < 10; i++) queue.add(candidate('bob', '', { durationMs: 0 }))
    const first = Array.from({ length: 10 }, () => queue.removeNext()?.userId)
    expect(first.filter((userId) => userId === 'ada')).toHaveLength(5)
  })

  test('one who comes back after a pause has no credit', () => {
    const queue = new PlacementQueue<string>()
    queue.add(candidate('ada'))
    queue.add(candidate('bob'))
    takeAll(queue)
    for (let i = 0; i < 200; i++) queue.add(candidate('bob'))
    for (let i = 0; i < 100; i++) queue.removeNext()
    for (let i = 0; i < 20; i++) queue.add(candidate('ada'))
    const next = Array.from({ length: 20 }, () => queue.removeNext()?.userId)
    expect(next.filter((userId) => userId === 'ada').length).toBeLessThanOrEqual(11)
  })
})

describe('what waits', () => {
  test('is counted, in all and by user', () => {
    const queue = new PlacementQueue<string>()
    for (const userId of ['ada', 'ada', 'bob']) queue.add(candidate(userId))
    expect([queue.size, queue.sizeOf('ada'), queue.sizeOf('bob'), queue.sizeOf('eve')]).toEqual([3, 2, 1, 0])
    takeAll(queue)
    expect([queue.size, queue.sizeOf('ada'), queue.peek(fresh)]).toEqual([0, 0, undefined])
  })

  test('shows what comes next', () => {
    const queue = new PlacementQueue<string>()
    queue.add(candidate('ada', 'short', { remainingMs: 7 }))
    queue.add(candidate('ada', 'long', { remainingMs: 70 }))
    expect([queue.peek(fresh)?.ref, queue.removeNext()?.ref]).toEqual(['long', 'long'])
  })

  test('and has gone stale is dropped, and costs its user nothing', () => {
    const queue = new PlacementQueue<string>()
    for (let i = 0; i < 10; i++) queue.add(candidate('ada', 'stale', { remainingMs: 2_000 }))
    queue.add(candidate('ada', 'of ada'))
    for (let i = 0; i < 3; i++) queue.add(candidate('bob', 'of bob'))
    const next = () => [queue.peek((ref) => ref === 'stale'), queue.removeNext()?.ref][1]
    expect([next(), next()].sort()).toEqual(['of ada', 'of bob'])
    expect(queue.sizeOf('ada')).toBe(0)
  })
})

const longestMs = 2_000
const events = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ user: fc.nat(4), durationMs: fc.nat(longestMs), remainingMs: fc.nat(9_000) }) },
    { weight: 2, arbitrary: fc.constant('take' as const) },
  ),
  { maxLength: 300, size: 'max' },
)

test('of two users who both wait, neither gets more than a task ahead of the other; nothing is lost', () => {
  fc.assert(
    fc.property(events, (events) => {
      const queue = new PlacementQueue<number>()
      const waiting = new Set<number>()
      /** Slot time granted since a user began to wait, against each user who waits too. */
      const ahead = new Map<string, number>()
      const isWaiting = (userId: string) => queue.sizeOf(userId) > 0
      const users = ['0', '1', '2', '3', '4']
      const forget = (userId: string) => {
        for (const other of users) for (const pair of [userId + other, other + userId]) ahead.set(pair, 0)
      }
      for (const [place, event] of events.entries()) {
        if (event !== 'take') {
          const userId = `${event.user}`
          if (!isWaiting(userId)) forget(userId)
          queue.add({ ...event, ref: place, userId, returned: false })
          waiting.add(place)
          continue
        }
        const taken = queue.removeNext()
        expect(taken === undefined).toBe(waiting.size === 0)
        if (taken === undefined) continue
        expect(waiting.delete(taken.ref)).toBe(true)
        for (const other of users.filter((user) => user !== taken.userId && isWaiting(user))) {
          const lead = (ahead.get(taken.userId + other) ?? 0) + taken.durationMs + 1
          ahead.set(taken.userId + other, lead)
          ahead.set(other + taken.userId, (ahead.get(other + taken.userId) ?? 0) - taken.durationMs - 1)
          expect(lead).toBeLessThanOrEqual(2 * (longestMs + 1))
        }
        if (!isWaiting(taken.userId)) forget(taken.userId)
      }
      expect(queue.size).toBe(waiting.size)
    }),
  )
})
