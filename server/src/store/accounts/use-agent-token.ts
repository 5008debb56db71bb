import type { Database } from '../database.ts'

/**
 * The id of the unrevoked token with this hash, unless whoever made it is disabled. Notes its use, at most once a minute, so that a crowd of agents with one token
 * does not queue for its row.
 */
export async function useAgentToken({ prisma }: Database, hash: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  const [token] = await prisma.$queryRaw<{ id: string }[]>`
    WITH touched AS (
      UPDATE agent_token SET last_used_at = now()
      WHERE hash = ${hash} AND revoked_at IS NULL
        AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
    )
    SELECT id FROM agent_token WHERE hash = ${hash} AND revoked_at IS NULL
      AND NOT EXISTS (SELECT FROM user_account WHERE id = created_by AND disabled_at IS NOT NULL AND closed_at IS NULL)`
  return token?.id
}
