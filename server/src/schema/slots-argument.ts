import { codedError } from './coded-error.ts'

/** More slots than the largest expression has operations make no difference. */
const maxSlots = 100_000

export const slotsDescription = `1 to ${maxSlots}, else it is an error.`

export function checkSlots(slots: number): number {
  if (slots >= 1 && slots <= maxSlots) return slots
  throw codedError('INVALID_INPUT', `Ask about 1 to ${maxSlots} slots.`)
}
