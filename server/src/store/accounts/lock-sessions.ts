import type { Prisma } from '../../generated/prisma/client.ts'

/**
 * Changes to the sign-ins of one user happen one at a time, until the transaction ends. Without it a family could be revoked
 * while a rotation is adding a token to it that the revocation does not see. The user's row is locked because families have
 * no row of their own; NO KEY UPDATE leaves inserts that refer to the user free.
 */
export async function lockSessions(
  transaction: Prisma.TransactionClient,
  hash: Uint8Array<ArrayBuffer>,
): Promise<void> {
  await transaction.$executeRaw`
    SELECT FROM user_account
    WHERE id = (SELECT user_id FROM refresh_token WHERE hash = ${hash})
    FOR NO KEY UPDATE`
}
