import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { DatabaseClock } from '../../src/store/database-clock.ts'
import { readClock } from '../../src/store/read-clock.ts'
import { openStoreBench, type StoreBench } from './support.ts'

let bench: StoreBench

beforeAll(async () => {
  bench = await openStoreBench()
})
afterAll(() => bench.close())

test("tells the database's time, whatever this machine takes the time for", async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2001-01-01') })
  try {
    const clock = await DatabaseClock.start(bench.pool)
    clock.stop()
    const before = await readClock(bench.pool)
    const told = clock.now()
    const after = await readClock(bench.pool)
    // To what the way to the database takes, however busy the machine is; it takes the time for another by decades.
    expect(told).toBeGreaterThan(before - 60_000)
    expect(told).toBeLessThan(after + 60_000)
  } finally {
    vi.useRealTimers()
  }
})

test('does not step for what the way to the database takes', async () => {
  const clock = await DatabaseClock.start(bench.pool)
  clock.stop()
  // The least of several: the machine may do something else between two looks at a clock.
  const ahead = () => Math.min(...Array.from({ length: 20 }, () => clock.now() - performance.now()))
  for (let look = 0; look < 20; look++) {
    const before = ahead()
    await clock.adjust()
    expect(Math.abs(ahead() - before)).toBeLessThan(100)
  }
})
