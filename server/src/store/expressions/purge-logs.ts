import type { Pool } from 'pg'

/** Expressions and results a call; a call's work is bounded, and the next one goes on. */
const batchSize = 200
const maxResults = 20_000

/**
 * Deletes the logs of expressions that finished longer ago than the retention time. Returns how many expressions it purged, and
 * whether to call again.
 */
export async function purgeLogs(pool: Pool, retentionSeconds: number): Promise<{ purged: number; more: boolean }> {
  const { rowCount } = await pool.query({
    name: 'purge-logs',
    text: `
      WITH oldest AS (
        SELECT id, sum(operation_count) OVER (ORDER BY finished_at, id) - operation_count AS results_before FROM (
          SELECT id, finished_at, operation_count FROM expression
           WHERE finished_at IS NOT NULL AND purged_at IS NULL AND finished_at < now() - $1 * interval '1 second'
           ORDER BY finished_at LIMIT ${batchSize}
        ) first
      ), old AS (
        SELECT id FROM expression
         WHERE id IN (SELECT id FROM oldest WHERE results_before < ${maxResults})
           -- Both again: it may have been purged, or retried, since it was found.
           AND purged_at IS NULL AND finished_at IS NOT NULL
           FOR UPDATE SKIP LOCKED
      ), results AS (
        DELETE FROM task_result WHERE expression_id IN (SELECT id FROM old)
      ), attempts AS (
        DELETE FROM failed_attempt WHERE expression_id IN (SELECT id FROM old)
      )
      UPDATE expression SET purged_at = now(), version = version + 1 WHERE id IN (SELECT id FROM old)`,
    values: [retentionSeconds],
  })
  return { purged: rowCount ?? 0, more: (rowCount ?? 0) > 0 }
}
