import type { Pool } from 'pg'
import type { TimedQuery } from './timed-query.ts'

/** Over a connection that has gone silent no answer would come for a quarter of an hour, though others may be well by then. */
const answerTimeoutMs = 2_000

/** Rejects where the database does not answer. */
export async function pingDatabase(pool: Pool): Promise<void> {
  const ping: TimedQuery = { text: 'SELECT 1', query_timeout: answerTimeoutMs }
  await pool.query(ping)
}
