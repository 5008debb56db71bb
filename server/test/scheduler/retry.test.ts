import { expect, test } from 'vitest'
import { retryDelayMs } from '../../src/domain/tasks/retry.ts'

test('retries wait 1, 2, 4, 8, 16 and then 20 seconds at most', () => {
  const almostOne = 1 - Number.EPSILON
  const longest = [1, 2, 3, 4, 5, 6, 100].map((attempt) => Math.round(retryDelayMs(attempt, almostOne)))
  expect(longest).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000])
})

test('they are jittered by half, so that what failed together comes back apart', () => {
  expect([0, 0.5].map((random) => retryDelayMs(3, random))).toEqual([2_000, 3_000])
})
