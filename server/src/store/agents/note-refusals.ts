import type { Pool } from 'pg'

/**
 * Holds results that could not be against an agent; with the last of `maxRefusals` it is set aside. Returns whether these set it aside, and
 * were the first that did.
 */
export async function noteRefusals(
  pool: Pool,
  agentId: string,
  refusals: { readonly count: number; readonly reason: string },
  maxRefusals: number,
): Promise<boolean> {
  const { rows } = await pool.query<{ isNew: boolean }>({
    name: 'note-refusals',
    text: `
      WITH before AS (SELECT id, suspended_at FROM agent WHERE id = $1 FOR NO KEY UPDATE)
      UPDATE agent SET refused_results = refused_results + $2, last_refusal = $3, has_computed = true, version = version + 1,
             suspended_at = CASE WHEN refused_results + $2 >= $4 THEN coalesce(agent.suspended_at, now()) END
        FROM before WHERE agent.id = before.id
      RETURNING before.suspended_at IS NULL AND agent.suspended_at IS NOT NULL AS "isNew"`,
    values: [agentId, refusals.count, refusals.reason, maxRefusals],
  })
  return rows[0]?.isNew === true
}
