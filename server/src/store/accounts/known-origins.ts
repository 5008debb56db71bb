import type { Prisma } from '../../generated/prisma/client.ts'
import type { Database } from '../database.ts'

/** From how many devices and networks together a user is known: the latest. A phone on the road alone adds a network a day. */
const maxOrigins = 50

/** After so long without a sign-in an origin is a stranger's. */
export const originDays = 180

/** Notes from where a user has signed in. */
export async function rememberOrigins(
  { prisma }: Database,
  userId: string,
  hashes: readonly Uint8Array<ArrayBuffer>[],
): Promise<void> {
  await prisma.$executeRaw`
    INSERT INTO known_origin (user_id, hash) SELECT ${userId}::uuid, unnest(${hashes}::bytea[])
    ON CONFLICT (user_id, hash) DO UPDATE SET last_used_at = now()`
  await prisma.$executeRaw`
    DELETE FROM known_origin WHERE user_id = ${userId}::uuid AND hash IN (
      SELECT hash FROM known_origin WHERE user_id = ${userId}::uuid ORDER BY last_used_at DESC, hash OFFSET ${maxOrigins}
    )`
}

export async function forgetOrigins(client: Prisma.TransactionClient, userId: string): Promise<void> {
  await client.$executeRaw`DELETE FROM known_origin WHERE user_id = ${userId}::uuid`
}
