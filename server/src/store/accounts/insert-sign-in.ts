import type { Prisma } from '../../generated/prisma/client.ts'

export interface NewSignIn {
  readonly id: string
  readonly userId: string
  /** The one that the password was checked against. */
  readonly passwordHash: string
  /** However often it is refreshed. */
  readonly maxSeconds: number
  /** What the client says it is, and from where. */
  readonly device: string | null
  readonly address: string
}

/**
 * Begins a sign-in. Returns when it ends at the latest; undefined where the password has been changed since it was checked, or the user
 * disabled. FOR SHARE waits for such a change: it would end all sign-ins but this one, of which it does not know.
 */
export async function insertSignIn(
  client: Prisma.TransactionClient,
  { id, userId, passwordHash, maxSeconds, device, address }: NewSignIn,
): Promise<Date | undefined> {
  const [row] = await client.$queryRaw<{ expiresAt: Date }[]>`
    WITH signer AS (
      SELECT id FROM user_account WHERE id = ${userId}::uuid AND password_hash = ${passwordHash} AND disabled_at IS NULL FOR SHARE
    )
    INSERT INTO sign_in (id, user_id, expires_at, device, address)
    SELECT ${id}::uuid, id, now() + make_interval(secs => ${maxSeconds}::double precision), ${device}, ${address} FROM signer
    RETURNING expires_at AS "expiresAt"`
  return row?.expiresAt
}
