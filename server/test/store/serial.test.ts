import { expect, test } from 'vitest'
import { Serial, SerialByKey } from '../../src/store/serial.ts'

test('one of a key runs at a time, in order; other keys do not wait for it', async () => {
  const serial = new SerialByKey()
  const running = new Set<string>()
  const order: string[] = []
  const gates: (() => void)[] = []
  const run = async (key: string, name: string) =>
    serial.run(key, async () => {
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

test('what is asked for counts until it is done, failed or not', async () => {
  const serial = new SerialByKey()
  const fail = () => Promise.reject(new Error('no'))
  const settled = Promise.allSettled([serial.run('ada', fail), serial.run('ada', fail)])
  expect([serial.sizeOf('ada'), serial.sizeOf('bob')]).toEqual([2, 0])
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(serial.sizeOf('ada')).toBe(0)
  expect(await serial.run('ada', () => Promise.resolve(2))).toBe(2)
})

test('it is idle when all is done that was asked for', async () => {
  const serial = new Serial()
  const done: number[] = []
  for (const one of [1, 2])
    void serial.run(async () => {
      await new Promise((resolve) => setImmediate(resolve))
      done.push(one)
    })
  await serial.idle()
  expect(done).toEqual([1, 2])
})
