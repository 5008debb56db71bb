import type { Prisma } from '../../generated/prisma/client.ts'

/** A refresh token as it is stored: its secret is known to the client alone. */
export interface NewRefreshToken {
  readonly id: string
  readonly hash: Uint8Array<ArrayBuffer>
  readonly lifetimeSeconds: number
}

/** Adds a link to the family of a sign-in. None outlives the sign-in. */
export async function insertRefreshToken(
  client: Prisma.TransactionClient,
  signInId: string,
  { id, hash, lifetimeSeconds }: NewRefreshToken,
): Promise<void> {
  await client.$executeRaw`
    INSERT INTO refresh_token (id, family_id, user_id, hash, expires_at)
    SELECT ${id}::uuid, id, user_id, ${hash},
      least(now() + make_interval(secs => ${lifetimeSeconds}::double precision), expires_at)
    FROM sign_in WHERE id = ${signInId}::uuid`
}
