import type { OperationName } from '../../domain/operation.ts'

/** A ready task that its owner cannot place, with all that another replica needs to have it computed. */
export interface Offer {
  readonly expressionId: string
  readonly task: number
  readonly attempt: number
  readonly epoch: number
  readonly ownerId: string
  readonly operation: OperationName
  readonly operands: readonly string[]
  readonly durationMs: number
  readonly remainingMs: number
  /** Whether its agent is to compute nothing beside it. */
  readonly alone: boolean
}

/** The columns of an `Offer`, of a table or alias named `offer`. */
export const offerColumns = `
  offer.expression_id AS "expressionId", offer.task, offer.attempt, offer.epoch, offer.owner_id AS "ownerId", offer.operation,
  offer.operands, offer.duration_ms AS "durationMs", offer.remaining_ms AS "remainingMs", offer.alone`
