import type { TokenScope } from '../../domain/actor.ts'
import type { Database } from '../database.ts'

export interface UsedPersonalToken {
  readonly id: string
  readonly userId: string
  readonly scopes: readonly TokenScope[]
  readonly expiresAt: Date
}

/** The token with this hash, where it is good and its user is let in. Notes its use, at most once a minute, so that requests do not queue for its row. */
export async function usePersonalToken(
  { prisma }: Database,
  hash: Uint8Array<ArrayBuffer>,
): Promise<UsedPersonalToken | undefined> {
  const [token] = await prisma.$queryRaw<UsedPersonalToken[]>`
    WITH touched AS (
      UPDATE personal_token SET last_used_at = now()
      WHERE hash = ${hash} AND revoked_at IS NULL AND expires_at > now()
        AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
    )
    SELECT id, user_id AS "userId", scopes::text[] AS scopes, expires_at AS "expiresAt"
    FROM personal_token WHERE hash = ${hash} AND revoked_at IS NULL AND expires_at > now()
      AND EXISTS (SELECT FROM user_account WHERE user_account.id = user_id AND disabled_at IS NULL)`
  return token
}
