import type { Database } from '../database.ts'
import { lockAdmins } from './lock-admins.ts'

export interface NewUser {
  readonly id: string
  readonly email: string
  readonly passwordHash: string
}

export type InsertUserOutcome = 'inserted' | 'emailTaken'

/** The first user of all is an admin, every other is not: exactly one, however many register at once. */
export async function insertUser(
  { prisma }: Database,
  { id, email, passwordHash }: NewUser,
): Promise<InsertUserOutcome> {
  return prisma.$transaction(async (transaction) => {
    await lockAdmins(transaction)
    const inserted = await transaction.$executeRaw`
      INSERT INTO user_account (id, email, password_hash, role)
      VALUES (
        ${id}::uuid, ${email}, ${passwordHash},
        (CASE WHEN EXISTS (SELECT FROM user_account) THEN 'USER' ELSE 'ADMIN' END)::user_role
      )
      ON CONFLICT (email) DO NOTHING`
    return inserted === 1 ? 'inserted' : 'emailTaken'
  })
}
