import type { Pool } from 'pg'

const batch = 5_000

/** Deletes what happened longer ago than the retention time, in small batches. Returns how many went. */
export async function deleteOldAuditEvents(pool: Pool, retentionSeconds: number): Promise<number> {
  let deleted = 0
  for (;;) {
    const { rowCount } = await pool.query(
      `DELETE FROM audit_event WHERE id IN (
         SELECT id FROM audit_event WHERE at < now() - make_interval(secs => $1) ORDER BY at LIMIT ${batch}
         FOR UPDATE SKIP LOCKED
       )`,
      [retentionSeconds],
    )
    deleted += rowCount ?? 0
    if ((rowCount ?? 0) < batch) return deleted
  }
}
