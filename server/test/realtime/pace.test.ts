import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { systemClock, timers } from '../../src/clock.ts'
import { TokenBucket, type Pace } from '../../src/realtime/feed/pace.ts'
import { TimeShare } from '../../src/realtime/feed/time-share.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** When each of so many turns began, in milliseconds from now. */
async function turns(pace: Pace, count: number, eachMs = 0): Promise<number[]> {
  const start = Date.now()
  const times: number[] = []
  const run = async () => {
    while (times.length < count) {
      await pace.turn()
      times.push(Date.now() - start)
      await new Promise((resolve) => setTimeout(resolve, eachMs))
      pace.took(eachMs)
    }
  }
  const done = run()
  await vi.runAllTimersAsync()
  await done
  return times
}

test('so many turns begin at once, the others at their pace', async () => {
  expect(await turns(new TokenBucket(systemClock, 3, 10), 6)).toEqual([0, 0, 0, 100, 200, 300])
})

test('what was not used is there again later, up to the burst', async () => {
  const pace = new TokenBucket(systemClock, 2, 10)
  await turns(pace, 3)
  await vi.advanceTimersByTimeAsync(150)
  expect(await turns(pace, 3)).toEqual([0, 50, 150])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await turns(pace, 4)).toEqual([0, 0, 100, 200])
})

test('a clock that is put back stops nothing', async () => {
  let now = 1_000_000
  const pace = new TokenBucket({ now: () => now, ...timers }, 1, 10)
  await pace.turn()
  now -= 500_000
  const next = vi.fn()
  const turn = pace.turn().then(next)
  await vi.advanceTimersByTimeAsync(100)
  expect(next).toHaveBeenCalled()
  await turn
})

describe('a share of the time', () => {
  test('is what long reads take, once the burst is spent', async () => {
    // A fifth of the time: after the burst of 40 ms, one read of 20 ms in each 100 ms.
    expect(await turns(new TimeShare(systemClock, 0.2, 40), 6, 20)).toEqual([0, 20, 40, 100, 200, 300])
  })

  test('lets reads that take next to nothing follow each other', async () => {
    expect(await turns(new TimeShare(systemClock, 0.2, 40), 4, 0)).toEqual([0, 0, 0, 0])
  })

  test('waits no longer than a quarter of a second, whatever the clock says', async () => {
    let now = 1_000_000
    const pace = new TimeShare({ now: () => now, ...timers }, 0.5, 0)
    pace.took(Number.POSITIVE_INFINITY)
    now -= 500_000
    const next = vi.fn()
    const turn = pace.turn().then(next)
    await vi.advanceTimersByTimeAsync(249)
    expect(next).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(next).toHaveBeenCalled()
    await turn
  })
})
