import { describe, expect, test } from 'vitest'
import { capacity, graceAfter, overdueAfterMs } from '../../src/domain/tasks/lease.ts'

describe('the grace after a reason', () => {
  test('is for a socket that closed without a word, and for no other', () => {
    expect(graceAfter('closed', 2_000)).toBe(2_000)
    expect(graceAfter('left', 2_000)).toBe(0)
    expect(graceAfter('silent', 2_000)).toBe(0)
  })
})

describe('a task is overdue', () => {
  test('far past its duration, be it short or long', () => {
    expect(overdueAfterMs(0)).toBe(10_000)
    expect(overdueAfterMs(65_535)).toBeGreaterThan(3 * 65_535)
  })
})

describe('the capacity of an agent', () => {
  test('for long tasks is its slots', () => {
    expect(capacity(4, 100)).toBe(4)
    expect(capacity(4, 65_535)).toBe(4)
  })

  test('for short tasks is more, the more the shorter they are, and bounded', () => {
    const capacities = [99, 50, 10, 5, 1, 0].map((durationMs) => capacity(4, durationMs))
    expect(capacities).toEqual([...capacities].sort((a, b) => a - b))
    expect(capacities[0]).toBeGreaterThan(4)
    expect(capacities.at(-1)).toBe(44)
    expect(capacity(16, 0)).toBe(176)
    expect(capacity(1_024, 0)).toBe(1_024 + 256)
  })
})
