import type { Pool } from 'pg'

export interface CancelledExpression {
  readonly id: string
  readonly ownerId: string
  readonly operationCount: number
}

/**
 * Ends expressions as cancelled. Returns those that it ended: the rest had ended, or somebody else is writing them, and to wait for one
 * while others are held could be for ever.
 */
export async function cancelExpressions(pool: Pool, ids: readonly string[]): Promise<CancelledExpression[]> {
  const { rows } = await pool.query<CancelledExpression>({
    name: 'cancel-expressions',
    text: `
      UPDATE expression
         SET status = 'CANCELLED', finished_at = now(), version = version + 1, replica_id = NULL,
             completed_tasks = (SELECT count(*) FROM task_result WHERE expression_id = expression.id)
       WHERE id IN (
         SELECT id FROM expression WHERE id = ANY($1::uuid[]) AND status IN ('QUEUED', 'RUNNING') FOR UPDATE SKIP LOCKED
       )
      RETURNING id, owner_id AS "ownerId", operation_count AS "operationCount"`,
    values: [ids],
  })
  return rows
}
