/** An expression as its new owner gets it. */
export interface OwnedRow {
  readonly id: string
  readonly ownerId: string
  readonly plan: unknown
  readonly epoch: number
  /** The epoch that its last retry began; 0 where there was none. */
  readonly retryEpoch: number
}

/** The columns of an `OwnedRow`, of a table or alias named `expression`. */
export const ownedColumns = `expression.id, expression.owner_id AS "ownerId", expression.plan, expression.epoch,
  expression.retry_epoch AS "retryEpoch"`
