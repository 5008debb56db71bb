import type { Clock } from '../clock.ts'

/** Lets through `burst` messages at once and `perSecond` in the long run. */
export function createMessageBudget({ perSecond, burst }: { perSecond: number; burst: number }, clock: Clock) {
  let left = burst
  let refilledAt = clock.now()
  return {
    /** Whether one more message is within the budget. */
    take(): boolean {
      const now = clock.now()
      left = Math.min(burst, left + (Math.max(0, now - refilledAt) / 1000) * perSecond)
      refilledAt = now
      if (left < 1) return false
      left -= 1
      return true
    },
  }
}
