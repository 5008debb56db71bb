import type { Pool } from 'pg'
import type { TimedQuery } from '../timed-query.ts'
import type { ReplicaStats } from './replica-stats.ts'

export interface Heartbeat {
  /** Whether this replica still counts; if not, it was silent for too long and others may have its expressions. */
  readonly alive: boolean
  readonly others: readonly ReplicaStats[]
  /** Whether expressions wait in the queue. */
  readonly hasQueued?: boolean
}

/**
 * Says that a replica lives, removes those that have been silent past their time, and reads what the others say. All by the database's
 * clock: the clocks of replicas do not matter.
 * @param mayJudge whether it may remove others
 */
export async function heartbeatReplica(
  pool: Pool,
  replicaId: string,
  stats: ReplicaStats,
  timeoutMs: number,
  mayJudge: boolean,
): Promise<Heartbeat> {
  const beat: TimedQuery = {
    name: 'heartbeat-replica',
    // One that has not been answered by then has come too late.
    query_timeout: timeoutMs,
    text: `
      WITH beat AS (
        UPDATE replica SET heartbeat_at = now(), stats = $2 WHERE id = $1 RETURNING id, stats
      ), lost AS (
        DELETE FROM replica WHERE $4 AND id <> $1 AND heartbeat_at < now() - $3 * interval '1 millisecond' RETURNING id
      )
      SELECT id, stats, EXISTS (SELECT FROM expression WHERE status = 'QUEUED') AS "hasQueued" FROM beat
      UNION ALL
      SELECT id, stats, false FROM replica WHERE id <> $1 AND id NOT IN (SELECT id FROM lost)`,
    values: [replicaId, JSON.stringify(stats), timeoutMs, mayJudge],
  }
  const { rows } = await pool.query<{ id: string; stats: ReplicaStats; hasQueued: boolean }>(beat)
  return {
    alive: rows.some(({ id }) => id === replicaId),
    hasQueued: rows.some(({ hasQueued }) => hasQueued),
    others: rows.filter(({ id }) => id !== replicaId).map((row) => row.stats),
  }
}
