import type { Prisma, User } from '../../generated/prisma/client.ts'
import type { Database } from '../database.ts'
import { endSignInsOf, type EndedSignIn } from './end-sign-ins.ts'
import { hasAnotherAdmin, lockAdmins } from './lock-admins.ts'

/** What no longer lets anybody in. */
export interface ShutOut {
  readonly signIns: readonly EndedSignIn[]
  /** Personal tokens that were good until then. */
  readonly tokenIds: readonly string[]
}

export type DisableUserOutcome =
  | { readonly kind: 'disabled'; readonly user: User; readonly shutOut: ShutOut }
  | { readonly kind: 'unknownUser' }
  | { readonly kind: 'lastAdmin' }

/**
 * Lets nothing of a user in from now on: whoever signs in at this moment holds the row that this waits for, or waits and then finds them disabled.
 * At least one admin remains.
 */
export function disableUser({ prisma }: Database, userId: string): Promise<DisableUserOutcome> {
  return prisma.$transaction(async (transaction) => {
    await lockAdmins(transaction)
    const user = await transaction.user.findUnique({ where: { id: userId, closedAt: null } })
    if (user === null) return { kind: 'unknownUser' }
    if (user.role === 'ADMIN' && !(await hasAnotherAdmin(transaction, userId))) return { kind: 'lastAdmin' }
    await transaction.$executeRaw`
      UPDATE user_account SET disabled_at = now(), version = version + 1 WHERE id = ${userId}::uuid AND disabled_at IS NULL`
    const disabled = await transaction.user.findUniqueOrThrow({ where: { id: userId } })
    return { kind: 'disabled', user: disabled, shutOut: await shutOut(transaction, userId) }
  })
}

export async function shutOut(transaction: Prisma.TransactionClient, userId: string): Promise<ShutOut> {
  const tokens = await transaction.$queryRaw<{ id: string }[]>`
    SELECT id FROM personal_token WHERE user_id = ${userId}::uuid AND revoked_at IS NULL AND expires_at > now()`
  return { signIns: await endSignInsOf(transaction, userId), tokenIds: tokens.map(({ id }) => id) }
}

/** Lets a user in again: with the password, and with the personal tokens that are still good. Null where there is no such user. */
export async function enableUser({ prisma }: Database, userId: string): Promise<User | null> {
  await prisma.$executeRaw`
    UPDATE user_account SET disabled_at = NULL, version = version + 1
    WHERE id = ${userId}::uuid AND disabled_at IS NOT NULL AND closed_at IS NULL`
  return prisma.user.findUnique({ where: { id: userId, closedAt: null } })
}
