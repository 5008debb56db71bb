import type { Pool } from 'pg'
import { ownedColumns, type OwnedRow } from './owned-row.ts'

/** How many users one call looks at; the next call begins where this one ended. */
const maxUsers = 64

/**
 * Operations that one call takes, unless its first expression has more: plans and logs of so many are read in one turn of the event loop,
 * which takes some ten milliseconds.
 */
export const maxOperations = 5_000

export interface Taking {
  readonly replicaId: string
  readonly limit: number
  /** The owner where the last call ended, so that the turn goes round. */
  readonly after: string
  /** Owners who have something at this replica. */
  readonly busyOwners: readonly string[]
  /** Take from the others alone, one each. */
  readonly onlyOthers: boolean
}

export interface Taken<Row> {
  readonly rows: readonly Row[]
  /** The last owner that was looked at; null where there was none. */
  readonly lastOwner: string | null
}

/**
 * Takes queued expressions into a replica, in fair order: first the oldest of each user, then the second of each, and so on, users who
 * have nothing at this replica before the others.
 *
 * Nothing here grows with the backlog: owners are found by skipping through the partial index, one probe a user, and of each only the
 * first few are read. Rows that another replica is taking are skipped, not waited for.
 * @returns what it took, oldest first
 */
export async function takeQueuedExpressions(
  pool: Pool,
  { replicaId, limit, after, busyOwners, onlyOthers }: Taking,
): Promise<Taken<OwnedRow>> {
  const { rows } = await pool.query<OwnedRow & { lastOwner: string | null }>({
    name: 'take-queued-expressions',
    text: `
      WITH RECURSIVE owners (owner_id, hops) AS (
        (SELECT owner_id, 1 FROM expression WHERE status = 'QUEUED' AND owner_id > $3 ORDER BY owner_id LIMIT 1)
        UNION ALL
        SELECT (SELECT owner_id FROM expression
                 WHERE status = 'QUEUED' AND expression.owner_id > owners.owner_id ORDER BY owner_id LIMIT 1), hops + 1
          FROM owners WHERE owners.owner_id IS NOT NULL AND hops < ${maxUsers}
      ), candidates AS (
        SELECT head.id, row_number() OVER (ORDER BY owners.owner_id = ANY($4::uuid[]), head.turn, head.id) AS place
          FROM owners
          CROSS JOIN LATERAL (
            SELECT id, row_number() OVER (ORDER BY id) AS turn FROM (
              SELECT id FROM expression WHERE status = 'QUEUED' AND owner_id = owners.owner_id ORDER BY id LIMIT $2
            ) first
          ) head
         WHERE owners.owner_id IS NOT NULL AND NOT ($5 AND (owners.owner_id = ANY($4::uuid[]) OR head.turn > 1))
         ORDER BY place
         LIMIT $2
      ), free AS (
        SELECT id, operation_count FROM expression WHERE id IN (SELECT id FROM candidates) AND status = 'QUEUED' FOR UPDATE SKIP LOCKED
      ), taken AS (
        SELECT id FROM (
          SELECT id, sum(operation_count) OVER (ORDER BY place) - operation_count AS operations_before
            FROM free JOIN candidates USING (id)
        ) sized WHERE operations_before < ${maxOperations}
      ), claimed AS (
        UPDATE expression
           SET status = 'RUNNING', replica_id = $1, epoch = epoch + 1, version = version + 1, started_at = coalesce(started_at, now())
         WHERE id IN (SELECT id FROM taken)
        RETURNING *
      )
      SELECT ${ownedColumns}, last_owner AS "lastOwner"
        FROM (SELECT (SELECT owner_id FROM owners WHERE owner_id IS NOT NULL ORDER BY owner_id DESC LIMIT 1) AS last_owner) last
        LEFT JOIN claimed ON true`,
    values: [replicaId, limit, after, busyOwners, onlyOthers],
  })
  // RETURNING gives them in no order.
  const taken = rows.filter(({ id }) => id !== null).sort((a, b) => (a.id < b.id ? -1 : 1))
  return { rows: taken.map(({ lastOwner: _lastOwner, ...row }) => row), lastOwner: rows[0]?.lastOwner ?? null }
}
