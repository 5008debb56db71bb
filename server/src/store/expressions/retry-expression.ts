import type { Pool } from 'pg'

/**
 * Puts an expression whose attempts were spent back in the queue, with what its log holds. The epoch rises, so that what is shown of
 * its tasks outranks how they ended, and from this epoch on tickets and failed attempts count. Returns whether it did.
 * See docs/decisions/0012.
 */
export async function retryExpression(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'retry-expression',
    text: `
      UPDATE expression
         SET status = 'QUEUED', failure = NULL, finished_at = NULL, version = version + 1,
             epoch = epoch + 1, retry_epoch = epoch + 1,
             completed_tasks = (SELECT count(*) FROM task_result WHERE expression_id = $1)
       WHERE id = $1 AND status = 'FAILED' AND failure->>'code' = 'ATTEMPTS_SPENT' AND purged_at IS NULL`,
    values: [id],
  })
  return rowCount === 1
}
