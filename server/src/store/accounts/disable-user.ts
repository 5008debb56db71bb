import type { Prisma, User } from '../../generated/prisma/client.ts'
import type { Database } from '../database.ts'
import { endSignInsOf, type EndedSignIn } from './end-sign-ins.ts'
import { hasAnotherAdmin, lockAdmins } from './lock-admins.ts'

/** What no longer lets anybody in. */
export interface ShutOut {
  readonly signIns: readonly EndedSignIn[]
  /** Personal tokens that were good until then. */
  readonly tokenIds: readonly string[]
  /** Links to their expressions that were good until then. */
  readonly linkIds: readonly string[]
  /** Tokens of agents that they have made, and that let none in while they are disabled. */
  readonly agentTokenIds: readonly string[]
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
  const links = await transaction.$queryRaw<{ id: string }[]>`
    SELECT share_link.id FROM share_link JOIN expression ON expression.id = expression_id
    WHERE owner_id = ${userId}::uuid AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`
  const agentTokens = await transaction.$queryRaw<{ id: string }[]>`
    SELECT agent_token.id FROM agent_token JOIN user_account ON user_account.id = created_by
    WHERE created_by = ${userId}::uuid AND revoked_at IS NULL AND closed_at IS NULL`
  const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)
  const shut = { tokenIds: idsOf(tokens), linkIds: idsOf(links), agentTokenIds: idsOf(agentTokens) }
  return { signIns: await endSignInsOf(transaction, userId), ...shut }
}

/** Lets a user in again, with the password and all that is still good of personal tokens, links and tokens of agents. Null where there is no such user. */
export async function enableUser({ prisma }: Database, userId: string): Promise<User | null> {
  await prisma.$executeRaw`
    UPDATE user_account SET disabled_at = NULL, version = version + 1
    WHERE id = ${userId}::uuid AND disabled_at IS NOT NULL AND closed_at IS NULL`
  return prisma.user.findUnique({ where: { id: userId, closedAt: null } })
}
