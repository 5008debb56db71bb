import type { Pool } from 'pg'

/** The most that are looked for at once. */
const atMost = 10_000

/** Expressions of these owners that ended in the last milliseconds, the latest first. */
export async function loadEndedExpressions(
  pool: Pool,
  ownerIds: readonly string[],
  lastMs: number,
): Promise<{ id: string; ownerId: string }[]> {
  const { rows } = await pool.query<{ id: string; ownerId: string }>({
    name: 'load-ended-expressions',
    text: `
      SELECT id, owner_id AS "ownerId" FROM expression
       WHERE finished_at > now() - $2 * interval '1 millisecond' AND purged_at IS NULL AND owner_id = ANY($1::uuid[])
       ORDER BY finished_at DESC LIMIT ${atMost}`,
    values: [ownerIds, Math.round(lastMs)],
  })
  return rows
}
