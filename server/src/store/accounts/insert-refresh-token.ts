import type { Prisma } from '../../generated/prisma/client.ts'

/** A refresh token as it is stored: its secret is known to the client alone. */
export interface NewRefreshToken {
  readonly id: string
  readonly hash: Uint8Array<ArrayBuffer>
  readonly lifetimeSeconds: number
}

/** Adds a link to a family. A token whose id is the family's begins one: a sign-in. */
export async function insertRefreshToken(
  client: Prisma.TransactionClient,
  userId: string,
  familyId: string,
  { id, hash, lifetimeSeconds }: NewRefreshToken,
): Promise<void> {
  await client.$executeRaw`
    INSERT INTO refresh_token (id, family_id, user_id, hash, expires_at)
    VALUES (
      ${id}::uuid, ${familyId}::uuid, ${userId}::uuid, ${hash},
      now() + make_interval(secs => ${lifetimeSeconds}::double precision)
    )`
}
