import type { Pool } from 'pg'

/** So many a call; a call's work is bounded, and the next one goes on. */
const batchSize = 200

/**
 * Forgets which expressions were deleted longer ago than this, and with them what replicas wrote of them before they heard of it: rows
 * of the log have no foreign key that would have kept them out. Returns how many it forgot.
 */
export async function forgetDeletedExpressions(pool: Pool, olderThanSeconds: number): Promise<number> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'forget-deleted-expressions',
    text: `
      WITH old AS (
        DELETE FROM deleted_expression
         WHERE id IN (
           SELECT id FROM deleted_expression WHERE deleted_at < now() - $1 * interval '1 second'
            ORDER BY deleted_at LIMIT ${batchSize} FOR UPDATE SKIP LOCKED
         )
        RETURNING id
      ), results AS (
        DELETE FROM task_result WHERE expression_id IN (SELECT id FROM old)
      ), attempts AS (
        DELETE FROM failed_attempt WHERE expression_id IN (SELECT id FROM old)
      ), offers AS (
        DELETE FROM offer WHERE expression_id IN (SELECT id FROM old)
      )
      SELECT id FROM old`,
    values: [olderThanSeconds],
  })
  return rows.length
}
