import type { Pool } from 'pg'

/** The users who have a webhook that is told something. */
export async function listHookedUsers(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ userId: string }>({
    name: 'list-hooked-users',
    text: `SELECT DISTINCT user_id AS "userId" FROM webhook WHERE paused_at IS NULL AND disabled_at IS NULL`,
  })
  return rows.map(({ userId }) => userId)
}

/** More are not counted. */
export const mostCounted = 10_000

/** How many deliveries wait for an attempt. */
export async function countWaiting(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ waiting: number }>({
    name: 'count-waiting-deliveries',
    text: `SELECT count(*)::int AS waiting FROM (
      SELECT FROM webhook_delivery WHERE next_attempt_at IS NOT NULL LIMIT ${mostCounted}
    ) counted`,
  })
  return rows[0]?.waiting ?? 0
}
