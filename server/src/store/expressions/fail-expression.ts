import type { Pool } from 'pg'
import type { ArithmeticFault } from '../../domain/operation.ts'

/** Why an expression failed, as it stands in its row. */
export interface StoredFailure {
  readonly code: ArithmeticFault | 'ATTEMPTS_SPENT'
  readonly message: string
  readonly task: number
  /** The attempt that met it, and whose it was. */
  readonly attempt: number
  readonly agentId: string | null
  /** How long that attempt took; failures from before this was kept lack it. */
  readonly elapsedMs?: number
  /** When it failed, in milliseconds since the Unix epoch; missing where that was when the expression ended. */
  readonly failedAt?: number
}

/**
 * Ends an expression as failed, once: only while it runs, and only for the owner of this epoch. Returns whether it did; if not, it has
 * ended already or belongs to another replica.
 */
export async function failExpression(pool: Pool, id: string, epoch: number, failure: StoredFailure): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'fail-expression',
    text: `
      UPDATE expression
         SET status = 'FAILED', failure = $3, finished_at = now(), version = version + 1, replica_id = NULL,
             completed_tasks = (SELECT count(*) FROM task_result WHERE expression_id = $1)
       WHERE id = $1 AND epoch = $2 AND status = 'RUNNING'`,
    values: [id, epoch, JSON.stringify(failure)],
  })
  return rowCount === 1
}
