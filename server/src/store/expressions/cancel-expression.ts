import type { Pool } from 'pg'

/** Ends an expression as cancelled, if it has not ended. Returns whether it did. */
export async function cancelExpression(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'cancel-expression',
    text: `
      UPDATE expression
         SET status = 'CANCELLED', finished_at = now(), version = version + 1, replica_id = NULL,
             completed_tasks = (SELECT count(*) FROM task_result WHERE expression_id = $1)
       WHERE id = $1 AND status IN ('QUEUED', 'RUNNING')`,
    values: [id],
  })
  return rowCount === 1
}
