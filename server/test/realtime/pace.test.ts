import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { Pace } from '../../src/realtime/pace.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** When each of so many turns began, in milliseconds from now. */
async function turns(pace: Pace, count: number): Promise<number[]> {
  const start = Date.now()
  const times: number[] = []
  const run = async () => {
    while (times.length < count) {
      await pace.turn()
      times.push(Date.now() - start)
    }
  }
  const done = run()
  await vi.runAllTimersAsync()
  await done
  return times
}

test('so many turns begin at once, the others at their pace', async () => {
  expect(await turns(new Pace(systemClock, 3, 10), 6)).toEqual([0, 0, 0, 100, 200, 300])
})

test('what was not used is there again later, up to the burst', async () => {
  const pace = new Pace(systemClock, 2, 10)
  await turns(pace, 3)
  await vi.advanceTimersByTimeAsync(150)
  expect(await turns(pace, 3)).toEqual([0, 50, 150])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await turns(pace, 4)).toEqual([0, 0, 100, 200])
})

test('a clock that is put back stops nothing', async () => {
  let now = 1_000_000
  const pace = new Pace({ now: () => now }, 1, 10)
  await pace.turn()
  now -= 500_000
  const next = vi.fn()
  const turn = pace.turn().then(next)
  await vi.advanceTimersByTimeAsync(100)
  expect(next).toHaveBeenCalled()
  await turn
})
