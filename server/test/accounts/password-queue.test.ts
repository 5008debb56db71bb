import { expect, test } from 'vitest'
import { PasswordQueue, type Place } from '../../src/use-cases/accounts/password-queue.ts'

const limits = { running: 2, places: 6, strangersPlaces: 4, placesEach: 2 }

/** Enters as many as find a place. */
function fill(queue: PasswordQueue, keys: readonly string[], isKnown = false): Place[] {
  return keys.flatMap((key) => {
    const place = queue.enter({ key, isKnown })
    return place.kind === 'place' ? [place] : []
  })
}

test('no more than its limit are hashed at once, each in its turn', async () => {
  const queue = new PasswordQueue(limits)
  const places = fill(queue, ['a', 'b', 'c', 'd'])
  const order: number[] = []
  let running = 0
  let most = 0
  const ends: (() => void)[] = []
  const done = places.map((place, index) =>
    place.compute(async () => {
      running += 1
      most = Math.max(most, running)
      order.push(index)
      await new Promise<void>((resolve) => ends.push(resolve))
      running -= 1
    }),
  )
  while (order.length < places.length) {
    ends.shift()?.()
    await Promise.resolve()
  }
  for (const end of ends) end()
  await Promise.all(done)
  expect(most).toBe(2)
  expect(order).toEqual([0, 1, 2, 3])
})

test('whoever finds no place is told to come back; a place that is left is free again, once', () => {
  const queue = new PasswordQueue(limits)
  const [first, ...others] = fill(queue, ['a', 'b', 'c', 'd'])
  expect(others).toHaveLength(3)
  expect(queue.enter({ key: 'e', isKnown: false })).toMatchObject({ kind: 'RateLimitedError' })
  first?.leave()
  first?.leave()
  expect(fill(queue, ['e', 'f'])).toHaveLength(1)
})

test('one network takes no more than its share, and strangers leave room for those who are known', () => {
  const queue = new PasswordQueue(limits)
  expect(fill(queue, ['a', 'a', 'a', 'a'])).toHaveLength(2)
  expect(fill(queue, ['b', 'b', 'c', 'd'])).toHaveLength(2)
  expect(fill(queue, ['k', 'k', 'k', 'l'], true)).toHaveLength(2)
})

test('work that fails hands its turn on', async () => {
  const queue = new PasswordQueue({ ...limits, running: 1 })
  const [first, second] = fill(queue, ['a', 'b'])
  const failing = first?.compute(() => Promise.reject(new Error('unreadable hash')))
  const next = second?.compute(() => Promise.resolve('done'))
  await expect(failing).rejects.toThrow('unreadable hash')
  expect(await next).toBe('done')
})
