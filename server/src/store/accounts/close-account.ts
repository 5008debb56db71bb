import type { Pool } from 'pg'
import type { Database } from '../database.ts'
import { shutOut, type ShutOut } from './disable-user.ts'
import { hasAnotherAdmin, lockAdmins } from './lock-admins.ts'

export type CloseAccountOutcome =
  | { readonly kind: 'closed'; readonly shutOut: ShutOut }
  /** The password has been changed since it was checked, or somebody else has closed it. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'lastAdmin' }

/**
 * Disables an account for good, and frees its email. What it has goes bit by bit after that: see `finishClosing`.
 * @param passwordHash the one that the password was checked against
 */
export function closeAccount({ prisma }: Database, userId: string, passwordHash: string): Promise<CloseAccountOutcome> {
  return prisma.$transaction(async (transaction) => {
    await lockAdmins(transaction)
    const user = await transaction.user.findUnique({ where: { id: userId, passwordHash, closedAt: null } })
    if (user === null) return { kind: 'changed' }
    if (user.role === 'ADMIN' && !(await hasAnotherAdmin(transaction, userId))) return { kind: 'lastAdmin' }
    await transaction.$executeRaw`
      UPDATE user_account
      SET closed_at = now(), disabled_at = coalesce(disabled_at, now()), role = 'USER', version = version + 1,
        email = 'closed ' || id, password_hash = ''
      WHERE id = ${userId}::uuid`
    return { kind: 'closed', shutOut: await shutOut(transaction, userId) }
  })
}

/**
 * So long its sign-ins and tokens stay known as shut out, by which replicas find out that were not told: they look every few seconds. In
 * seconds.
 */
const rememberedFor = 120

/** Some users whose accounts are closed, with something left that can go now. */
export async function listClosedUsers(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'list-closed-users',
    text: `
      SELECT id FROM user_account
       WHERE disabled_at IS NOT NULL AND closed_at IS NOT NULL
         AND (closed_at < now() - ${rememberedFor} * interval '1 second'
           OR EXISTS (SELECT FROM expression WHERE owner_id = user_account.id)
           OR EXISTS (SELECT FROM deleted_expression WHERE owner_id = user_account.id AND expression IS NOT NULL))
       ORDER BY disabled_at LIMIT 100`,
  })
  return rows.map(({ id }) => id)
}

/** Deletes a user who has nothing any more and of whom all replicas know, with sign-ins and all that is known of them. */
export async function deleteClosedUser(pool: Pool, userId: string): Promise<void> {
  await pool.query({
    name: 'delete-closed-user',
    text: `
      DELETE FROM user_account
       WHERE id = $1 AND closed_at < now() - ${rememberedFor} * interval '1 second'
         AND NOT EXISTS (SELECT FROM expression WHERE owner_id = $1)`,
    values: [userId],
  })
}
