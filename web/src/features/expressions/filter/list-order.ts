import type { graphql } from '../../../graphql.ts'
import { msg, type Message } from '../../../language/t.ts'

type Order = NonNullable<ReturnType<typeof graphql.scalar<'ExpressionOrder'>>>

/** Newest first is how the list comes by itself. Orders of ends and durations have only what has ended. */
export const listOrders = [
  { value: 'newest', label: msg('Newest first'), field: 'SUBMITTED', direction: 'DESC' },
  { value: 'oldest', label: msg('Oldest first'), field: 'SUBMITTED', direction: 'ASC' },
  { value: 'longest', label: msg('Longest first'), field: 'DURATION', direction: 'DESC' },
  { value: 'shortest', label: msg('Shortest first'), field: 'DURATION', direction: 'ASC' },
  { value: 'finished', label: msg('Last finished first'), field: 'FINISHED', direction: 'DESC' },
] as const satisfies readonly ({ value: string; label: Message } & Order)[]

export type ListOrder = (typeof listOrders)[number]

export type ListOrderValue = ListOrder['value']

export const orderNamed = (name: string | null): ListOrder =>
  listOrders.find(({ value }) => value === name) ?? listOrders[0]
