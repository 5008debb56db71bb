import type { Pool } from 'pg'

/** The sign-ins that were ended within these last seconds, by the database's clock. An index holds the ended ones alone. */
export async function listEndedSignIns(pool: Pool, withinSeconds: number): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM sign_in WHERE ended_at > now() - make_interval(secs => $1)`,
    [withinSeconds],
  )
  return rows.map(({ id }) => id)
}
