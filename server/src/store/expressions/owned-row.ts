import { expressionColumns, type ExpressionRow } from './load-expressions.ts'

/** An expression as its new owner gets it. */
export type OwnedRow = ExpressionRow & {
  /** Encoded, see domain/plan/plan.ts. */
  readonly plan: unknown
}

/** The columns of an `OwnedRow`. */
export const ownedColumns = `${expressionColumns}, plan`
