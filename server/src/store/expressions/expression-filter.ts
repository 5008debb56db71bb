import type { ExpressionStatus } from '../../generated/prisma/client.ts'

/** From the one, which it includes, to the other, which it does not. Null for no bound. */
export interface TimeRange {
  readonly from: Date | null
  readonly before: Date | null
}

/** Both included. */
export interface MsRange {
  readonly min: number | null
  readonly max: number | null
}

/** Which expressions of an owner. */
export interface ExpressionFilter {
  readonly ownerId: string
  /** Null for any. */
  readonly statuses: readonly ExpressionStatus[] | null
  /** Null for any source. */
  readonly contains: string | null
  readonly submitted: TimeRange
  readonly finished: TimeRange
  /** From its start to its end; of those that have not ended, or never began, there is none. */
  readonly durationMs: MsRange
}

const always = { from: null, before: null }

/** All that an owner has. */
export const everythingOf = (ownerId: string): ExpressionFilter => ({
  ...{ ownerId, statuses: null, contains: null, submitted: always, finished: always },
  durationMs: { min: null, max: null },
})

/** By what expressions are put in order; those without such a time are left out. */
export const expressionOrders = ['SUBMITTED', 'FINISHED', 'DURATION'] as const

export type ExpressionOrder = (typeof expressionOrders)[number]

/** What a statement is given: each value by its number. */
export class Parameters {
  readonly values: unknown[] = []

  add(value: unknown): string {
    return `$${this.values.push(value)}`
  }
}

const duration = '(finished_at - started_at)'

/** What stands in the index of an order before the id; see the migrations. */
export const keyOf: Readonly<Record<ExpressionOrder, string>> = {
  SUBMITTED: 'id',
  FINISHED: 'finished_at',
  DURATION: duration,
}

/** Ids begin with the time of the replica that made them, and times are the database's: a clock that is wrong by more loses rows at the edges. */
const slackMs = 24 * 3_600_000

/** The least id of version 7 that is made at this time. */
function idAt(time: number): string {
  const hex = Math.min(Math.max(Math.trunc(time), 0), 2 ** 48 - 1)
    .toString(16)
    .padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}

/** The bounds of what the index of an order has to be walked through. */
export function boundsOf(filter: ExpressionFilter, order: ExpressionOrder, parameters: Parameters): string[] {
  switch (order) {
    case 'SUBMITTED': {
      const { from, before } = filter.submitted
      return [
        ...(from === null ? [] : [`id >= ${parameters.add(idAt(from.getTime() - slackMs))}::uuid`]),
        ...(before === null ? [] : [`id < ${parameters.add(idAt(before.getTime() + slackMs))}::uuid`]),
      ]
    }
    case 'FINISHED':
      return ['finished_at IS NOT NULL', ...timeConditions('finished_at', filter.finished, parameters)]
    case 'DURATION':
      return [
        'finished_at IS NOT NULL AND started_at IS NOT NULL',
        ...msConditions(duration, filter.durationMs, parameters),
      ]
    default:
      return order satisfies never
  }
}

/** What has to be looked at row by row, beside the bounds and the text. */
export function conditionsOf(filter: ExpressionFilter, order: ExpressionOrder, parameters: Parameters): string[] {
  const { statuses, submitted, finished, durationMs } = filter
  return [
    ...(statuses === null ? [] : [`status = ANY(${parameters.add(statuses)}::expression_status[])`]),
    ...timeConditions('created_at', submitted, parameters),
    ...(order === 'FINISHED' ? [] : timeConditions('finished_at', finished, parameters)),
    ...(order === 'DURATION' ? [] : msConditions(duration, durationMs, parameters)),
  ]
}

const timeConditions = (column: string, { from, before }: TimeRange, parameters: Parameters): string[] => [
  ...(from === null ? [] : [`${column} >= ${parameters.add(from)}::timestamptz`]),
  ...(before === null ? [] : [`${column} < ${parameters.add(before)}::timestamptz`]),
]

const msConditions = (column: string, { min, max }: MsRange, parameters: Parameters): string[] => [
  ...(min === null ? [] : [`${column} >= ${parameters.add(min)} * interval '1 ms'`]),
  ...(max === null ? [] : [`${column} <= ${parameters.add(max)} * interval '1 ms'`]),
]
