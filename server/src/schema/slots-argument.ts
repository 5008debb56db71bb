import { GraphQLError } from 'graphql'

/** More slots than the largest expression has operations make no difference. */
const maxSlots = 100_000

export const slotsDescription = `1 to ${maxSlots}, else it is an error.`

export function checkSlots(slots: number): number {
  if (slots >= 1 && slots <= maxSlots) return slots
  throw new GraphQLError(`Ask about 1 to ${maxSlots} slots.`, { extensions: { code: 'BAD_USER_INPUT' } })
}
