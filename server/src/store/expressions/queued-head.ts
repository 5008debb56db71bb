import type { Pool } from 'pg'

export interface QueuedHead {
  readonly operationCount: number
  readonly ageMs: number
  /** Encoded; null of those that come after so many operations. */
  readonly plan: unknown
}

const maxRows = 500
/** Plans of so many operations are read in some milliseconds. */
const maxOperations = 5_000

/** The first of the queue, in no particular order, by an index that holds nothing but the queue: its length does not matter. */
export async function loadQueuedHead(pool: Pool): Promise<QueuedHead[]> {
  const { rows } = await pool.query<QueuedHead>({
    name: 'load-queued-head',
    text: `
      WITH head AS MATERIALIZED (
        SELECT id, operation_count, created_at FROM expression WHERE status = 'QUEUED' ORDER BY owner_id, id LIMIT ${maxRows}
      ), sized AS (
        SELECT id, operation_count, created_at, sum(operation_count) OVER (ORDER BY id) - operation_count AS operations_before
          FROM head
      )
      SELECT operation_count AS "operationCount", plan,
             (extract(epoch FROM now() - sized.created_at) * 1000)::float8 AS "ageMs"
        FROM sized
        LEFT JOIN LATERAL (
          SELECT plan FROM expression WHERE expression.id = sized.id AND operations_before < ${maxOperations}
        ) first ON true`,
  })
  return rows
}
