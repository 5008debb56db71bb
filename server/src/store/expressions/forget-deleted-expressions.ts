import type { Pool } from 'pg'

/** So many expressions, and operations, a call; a call's work is bounded, and the next one goes on. */
const batchSize = 200
const maxOperations = 20_000

/**
 * Forgets for good what was deleted longer ago than this, with its logs, and with what replicas wrote of it before they heard: rows of the
 * log have no foreign key that would have kept them out. Returns how many it forgot.
 */
export async function forgetDeletedExpressions(pool: Pool, olderThanSeconds: number): Promise<number> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'forget-deleted-expressions',
    text: `
      WITH oldest AS (
        SELECT id, sum(operation_count) OVER (ORDER BY deleted_at, id) - operation_count AS operations_before FROM (
          SELECT id, deleted_at, operation_count FROM deleted_expression
           WHERE deleted_at < now() - $1 * interval '1 second' ORDER BY deleted_at LIMIT ${batchSize}
        ) first
      ), old AS (
        DELETE FROM deleted_expression
         WHERE id IN (
           SELECT id FROM deleted_expression
            WHERE id IN (SELECT id FROM oldest WHERE operations_before < ${maxOperations}) FOR UPDATE SKIP LOCKED
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
