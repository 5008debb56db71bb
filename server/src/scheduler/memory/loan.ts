import type { OfferedTask } from '../../store/offers/remove-offers.ts'
import type { Lent, OwnedExpression } from './owned-expression.ts'

/** A task, and how it was lent. */
export type Loan = readonly [number, Lent]

/** Those of these tasks that are lent now, as they are. */
export const loansOf = (owned: OwnedExpression, tasks: readonly number[]): Loan[] =>
  tasks.flatMap((task) => {
    const lent = owned.lent.get(task)
    return lent ? [[task, lent] as const] : []
  })

/** Whether its offer was in the database before now, so that one that is not there now is gone. */
export const isOffered = ([, { offered }]: Loan): boolean => offered

/** Whether the task is still lent by this very loan: it may have come back in the meantime, and be lent anew. */
export const stands = (owned: OwnedExpression, [task, lent]: Loan): boolean => owned.lent.get(task) === lent

const nameOf = ({ expressionId, task, attempt }: OfferedTask): string => `${expressionId}:${task}:${attempt}`

export const namesOf = (offers: readonly OfferedTask[]): ReadonlySet<string> => new Set(offers.map(nameOf))

/** @param offers names of those that are there */
export const isMissingIn =
  (offers: ReadonlySet<string>, { id: expressionId }: OwnedExpression) =>
  ([task, { attempt }]: Loan): boolean =>
    !offers.has(nameOf({ expressionId, task, attempt }))
