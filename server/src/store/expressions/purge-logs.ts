import type { Pool } from 'pg'

/** Expressions a call; a call's work is bounded, and the next one goes on. */
const atATime = 200

/**
 * Deletes the logs of expressions that finished longer ago than the retention time. Returns how many expressions it purged; fewer than
 * asked for means there are no more for now.
 */
export async function purgeLogs(pool: Pool, retentionSeconds: number): Promise<{ purged: number; more: boolean }> {
  const { rowCount } = await pool.query({
    name: 'purge-logs',
    text: `
      WITH old AS (
        SELECT id FROM expression
         WHERE finished_at IS NOT NULL AND purged_at IS NULL AND finished_at < now() - $1 * interval '1 second'
         ORDER BY finished_at LIMIT ${atATime} FOR UPDATE SKIP LOCKED
      ), results AS (
        DELETE FROM task_result WHERE expression_id IN (SELECT id FROM old)
      ), attempts AS (
        DELETE FROM failed_attempt WHERE expression_id IN (SELECT id FROM old)
      )
      UPDATE expression SET purged_at = now(), version = version + 1 WHERE id IN (SELECT id FROM old)`,
    values: [retentionSeconds],
  })
  return { purged: rowCount ?? 0, more: rowCount === atATime }
}
