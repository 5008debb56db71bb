import type { Pool } from 'pg'

/** The personal tokens that were revoked within these last seconds, by the database's clock. An index holds the revoked ones alone. */
export async function listRevokedPersonalTokens(pool: Pool, withinSeconds: number): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM personal_token WHERE revoked_at > now() - make_interval(secs => $1)`,
    [withinSeconds],
  )
  return rows.map(({ id }) => id)
}
