import type { Pool } from 'pg'

export interface RetriedExpression {
  readonly id: string
  readonly ownerId: string
  readonly epoch: number
}

/** Does to many what `retryExpression` does to one. Returns those that it put back in the queue; what somebody else is writing is left out. */
export async function retryExpressions(pool: Pool, ids: readonly string[]): Promise<RetriedExpression[]> {
  const { rows } = await pool.query<RetriedExpression>({
    name: 'retry-expressions',
    text: `
      UPDATE expression
         SET status = 'QUEUED', failure = NULL, finished_at = NULL, version = version + 1,
             epoch = epoch + 1, retry_epoch = epoch + 1,
             completed_tasks = (SELECT count(*) FROM task_result WHERE expression_id = expression.id)
       WHERE id IN (
         SELECT id FROM expression
          WHERE id = ANY($1::uuid[]) AND status = 'FAILED' AND failure->>'code' = 'ATTEMPTS_SPENT' AND purged_at IS NULL
            FOR UPDATE SKIP LOCKED
       )
      RETURNING id, owner_id AS "ownerId", epoch`,
    values: [ids],
  })
  return rows
}
