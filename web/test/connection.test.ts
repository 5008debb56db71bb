import { expect, it } from 'vitest'
import { retryDelayMs } from '../src/transport/connection.ts'

it('tries again at once, then ever more slowly, up to a ceiling', () => {
  expect([0, 1, 2, 3, 10, 1000].map((retries) => retryDelayMs(retries, 1))).toEqual([
    0, 500, 1000, 2000, 15_000, 15_000,
  ])
})

it('spreads the tries of many pages over the second half of the wait', () => {
  expect(retryDelayMs(3, 0)).toBe(1000)
  expect(retryDelayMs(3, 0.5)).toBe(1500)
})
