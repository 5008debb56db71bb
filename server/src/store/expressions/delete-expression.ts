import type { Pool } from 'pg'

/**
 * Deletes an expression, whatever its status, with its log and its attempts, and keeps its id among those deleted lately. Returns
 * whether it was there.
 *
 * Replicas that compute it hear of it a moment later: what they write of it meanwhile goes with `forgetDeletedExpressions`.
 * See docs/decisions/0012.
 */
export async function deleteExpression(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'delete-expression',
    text: `
      WITH gone AS (
        DELETE FROM expression WHERE id = $1 RETURNING id, owner_id
      ), results AS (
        DELETE FROM task_result WHERE expression_id IN (SELECT id FROM gone)
      ), attempts AS (
        DELETE FROM failed_attempt WHERE expression_id IN (SELECT id FROM gone)
      ), offers AS (
        DELETE FROM offer WHERE expression_id IN (SELECT id FROM gone)
      )
      INSERT INTO deleted_expression (id, owner_id) SELECT id, owner_id FROM gone`,
    values: [id],
  })
  return rowCount === 1
}
