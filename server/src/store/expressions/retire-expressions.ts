import type { Pool } from 'pg'
import type { DeletedExpression } from './deleted-expressions.ts'

/** So many expressions, and operations, a call; the next one goes on. */
const batchSize = 200
const maxOperations = 20_000

/**
 * Deletes for good some of those that ended longer ago than this, with their logs; the ids stay for a while, for whoever was not there to hear it. Found user by user, by the index
 * that lists go by: one over all ends would be written with each of them. Returns what it deleted.
 */
export async function retireExpressions(pool: Pool, olderThanSeconds: number): Promise<DeletedExpression[]> {
  const { rows } = await pool.query<DeletedExpression>({
    name: 'retire-expressions',
    text: `
      WITH oldest AS (
        SELECT id, sum(operation_count) OVER (ORDER BY finished_at, id) - operation_count AS operations_before FROM (
          SELECT ended.* FROM user_account CROSS JOIN LATERAL (
            SELECT id, finished_at, operation_count FROM expression
             WHERE owner_id = user_account.id AND finished_at < now() - $1 * interval '1 second'
             ORDER BY finished_at, id LIMIT ${batchSize}
          ) ended LIMIT ${batchSize}
        ) first
      ), chosen AS (
        SELECT id FROM expression
         WHERE id IN (SELECT id FROM oldest WHERE operations_before < ${maxOperations})
           -- Again: it may have been retried since it was found.
           AND finished_at < now() - $1 * interval '1 second'
           FOR UPDATE SKIP LOCKED
      ), gone AS (
        DELETE FROM expression WHERE id IN (SELECT id FROM chosen) RETURNING id, owner_id
      ), results AS (
        DELETE FROM task_result WHERE expression_id IN (SELECT id FROM gone)
      ), attempts AS (
        DELETE FROM failed_attempt WHERE expression_id IN (SELECT id FROM gone)
      )
      INSERT INTO deleted_expression (id, owner_id) SELECT id, owner_id FROM gone RETURNING id, owner_id AS "ownerId"`,
    values: [olderThanSeconds],
  })
  return rows
}
