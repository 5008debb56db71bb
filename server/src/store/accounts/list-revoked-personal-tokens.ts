import type { Pool } from 'pg'

/** The personal tokens that were revoked within these last seconds, or their users disabled, by the database's clock. Indexes hold those alone. */
export async function listRevokedPersonalTokens(pool: Pool, withinSeconds: number): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM personal_token WHERE revoked_at > now() - make_interval(secs => $1)
     UNION
     SELECT personal_token.id FROM user_account JOIN personal_token ON user_id = user_account.id
      WHERE disabled_at > now() - make_interval(secs => $1) AND revoked_at IS NULL`,
    [withinSeconds],
  )
  return rows.map(({ id }) => id)
}
