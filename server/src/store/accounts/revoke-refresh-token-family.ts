import type { Prisma } from '../../generated/prisma/client.ts'
import type { Database } from '../database.ts'
import { lockSessions } from './lock-sessions.ts'

/** Ends the sign-in that a token belongs to, whatever the state of the token. */
export async function revokeRefreshTokenFamily({ prisma }: Database, hash: Uint8Array<ArrayBuffer>): Promise<void> {
  await prisma.$transaction(async (transaction) => {
    await lockSessions(transaction, hash)
    await revokeFamilyOf(transaction, hash)
  })
}

/** The caller holds the lock of `lockSessions`. */
export async function revokeFamilyOf(
  transaction: Prisma.TransactionClient,
  hash: Uint8Array<ArrayBuffer>,
): Promise<void> {
  await transaction.$executeRaw`
    UPDATE refresh_token SET revoked_at = now()
    WHERE family_id = (SELECT family_id FROM refresh_token WHERE hash = ${hash}) AND revoked_at IS NULL`
}
