import { expect, test } from 'vitest'
import { Turns } from '../../src/store/turns.ts'

test('one of a key runs at a time, in order; other keys do not wait for it', async () => {
  const turns = new Turns(10)
  const running = new Set<string>()
  const order: string[] = []
  const gates: (() => void)[] = []
  const run = async (key: string, name: string) =>
    turns.take(key, async () => {
      expect(running).not.toContain(key)
      running.add(key)
      order.push(name)
      await new Promise<void>((open) => gates.push(open))
      running.delete(key)
      return name
    })
  const all = [run('ada', 'a1'), run('ada', 'a2'), run('bob', 'b1')]
  while (gates.length < 2) await new Promise((resolve) => setImmediate(resolve))
  expect(order).toEqual(['a1', 'b1'])
  for (let next = 0; next < 3; next++) {
    while (gates.length <= next) await new Promise((resolve) => setImmediate(resolve))
    gates[next]!()
  }
  expect(await Promise.all(all)).toEqual(['a1', 'a2', 'b1'])
})

test('whoever comes when too many wait is turned away, and not when they have gone, failed or not', async () => {
  const turns = new Turns(1)
  const fail = () => Promise.reject(new Error('no'))
  const settled = Promise.allSettled([1, 2].map(async () => turns.take('ada', fail)))
  expect(turns.take('ada', fail)).toBeNull()
  expect(await turns.take('bob', () => Promise.resolve(1))).toBe(1)
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await new Promise((resolve) => setImmediate(resolve))
  expect(await turns.take('ada', () => Promise.resolve(2))).toBe(2)
})
