import type { Pool } from 'pg'
import type { AuditEvent } from '../../domain/audit.ts'

/** All durations changed at once, and a hundred ids: see audit-of-others.ts. What anybody can cause is shorter by itself: emails have 254 characters at most. */
const maxDetailLength = 4_000

export async function insertAuditEvent(pool: Pool, id: string, event: AuditEvent, count: number): Promise<void> {
  const { kind, actorId, subjectId, address, detail } = event
  await pool.query(
    `INSERT INTO audit_event (id, kind, actor_id, subject_id, address, detail, count)
     VALUES ($1, $2, $3, $4, $5, left($6, ${maxDetailLength}), $7)`,
    [id, kind, actorId ?? null, subjectId ?? null, address ?? null, detail ?? null, count],
  )
}
