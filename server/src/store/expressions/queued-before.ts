import type { Pool } from 'pg'

/** More is not counted: then it is a long time in any case. */
const maxRows = 1_000

/** How much of a user's waits in the queue for longer than this expression. It goes first. */
export async function countQueuedBefore(pool: Pool, ownerId: string, expressionId: string): Promise<number> {
  const { rows } = await pool.query<{ tasks: string | null }>({
    name: 'count-queued-before',
    text: `
      SELECT sum(operation_count) AS tasks
        FROM (SELECT operation_count FROM expression
               WHERE owner_id = $1 AND id < $2 AND status = 'QUEUED' ORDER BY id LIMIT ${maxRows}) AS before`,
    values: [ownerId, expressionId],
  })
  return Number(rows[0]?.tasks ?? 0)
}
