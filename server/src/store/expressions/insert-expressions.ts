import type { Pool } from 'pg'
import { expressionColumns, type ExpressionRow } from './load-expressions.ts'

export interface NewExpression {
  readonly id: string
  readonly ownerId: string
  readonly requestId: string
  readonly source: string
  readonly regrouped: boolean
  /** Encoded, see domain/plan.ts. */
  readonly plan: unknown
  readonly operationCount: number
  /** The replica that starts it at once; null where it waits. */
  readonly replicaId: string | null
  /** Of an expression with nothing to compute. */
  readonly result: string | null
}

/**
 * Inserts expressions, each in the state it begins with: RUNNING at a replica, QUEUED, or SUCCEEDED where there is nothing to compute.
 * Returns those inserted, by id; the others' request ids were used before by the same owner, or twice in this batch.
 */
export async function insertExpressions(
  pool: Pool,
  expressions: readonly NewExpression[],
): Promise<ReadonlyMap<string, ExpressionRow>> {
  const { rows } = await pool.query<ExpressionRow>({
    name: 'insert-expressions',
    text: `
      INSERT INTO expression (id, owner_id, request_id, source, regrouped, plan, operation_count, status, result, epoch, replica_id,
                              started_at, finished_at)
      SELECT id, owner_id, request_id, source, regrouped, plan, operation_count,
             (CASE WHEN result IS NOT NULL THEN 'SUCCEEDED' WHEN replica_id IS NOT NULL THEN 'RUNNING' ELSE 'QUEUED' END)::expression_status,
             result,
             CASE WHEN replica_id IS NOT NULL THEN 1 ELSE 0 END,
             replica_id,
             CASE WHEN replica_id IS NOT NULL OR result IS NOT NULL THEN now() END,
             CASE WHEN result IS NOT NULL THEN now() END
        FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bool[], $6::json[], $7::int[], $8::uuid[], $9::text[])
          AS new (id, owner_id, request_id, source, regrouped, plan, operation_count, replica_id, result)
      ON CONFLICT (owner_id, request_id) DO NOTHING
      RETURNING ${expressionColumns}`,
    values: [
      expressions.map((expression) => expression.id),
      expressions.map((expression) => expression.ownerId),
      expressions.map((expression) => expression.requestId),
      expressions.map((expression) => expression.source),
      expressions.map((expression) => expression.regrouped),
      expressions.map((expression) => JSON.stringify(expression.plan)),
      expressions.map((expression) => expression.operationCount),
      expressions.map((expression) => expression.replicaId),
      expressions.map((expression) => expression.result),
    ],
  })
  return new Map(rows.map((row) => [row.id, row]))
}
