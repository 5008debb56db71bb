import type { Database } from '../database.ts'
import { endSignInsOf, type EndedSignIn } from './end-sign-ins.ts'
import { forgetOrigins } from './known-origins.ts'

export interface PasswordChange {
  readonly userId: string
  /** The hash that the old password was checked against. */
  readonly from: string
  readonly to: string
}

/**
 * Changes a password, ends all sign-ins that began with the old one, and forgets from where they were made. Undefined where it has been changed
 * meanwhile.
 */
export function changePassword(
  { prisma }: Database,
  { userId, from, to }: PasswordChange,
): Promise<readonly EndedSignIn[] | undefined> {
  return prisma.$transaction(async (transaction) => {
    const changed = await transaction.$executeRaw`
      UPDATE user_account SET password_hash = ${to}, version = version + 1
      WHERE id = ${userId}::uuid AND password_hash = ${from}`
    if (changed === 0) return undefined
    await forgetOrigins(transaction, userId)
    return endSignInsOf(transaction, userId)
  })
}
