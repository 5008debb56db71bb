import type { User, UserRole } from '../../generated/prisma/client.ts'
import type { Database } from '../database.ts'
import { hasAnotherAdmin, lockAdmins } from './lock-admins.ts'

export type ChangeRoleOutcome =
  { readonly kind: 'changed'; readonly user: User } | { readonly kind: 'unknownUser' } | { readonly kind: 'lastAdmin' }

/** At least one admin remains, also when the last two demote each other at once. */
export async function changeRole({ prisma }: Database, userId: string, role: UserRole): Promise<ChangeRoleOutcome> {
  return prisma.$transaction(async (transaction) => {
    await lockAdmins(transaction)
    const user = await transaction.user.findUnique({ where: { id: userId, closedAt: null } })
    if (user === null) return { kind: 'unknownUser' }
    if (user.role === role) return { kind: 'changed', user }
    if (user.role === 'ADMIN' && !(await hasAnotherAdmin(transaction, userId))) return { kind: 'lastAdmin' }
    const changed = await transaction.user.update({ where: { id: userId }, data: { role, version: { increment: 1 } } })
    return { kind: 'changed', user: changed }
  })
}
