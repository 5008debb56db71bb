import type { Prisma } from '../../generated/prisma/client.ts'
import type { Database } from '../database.ts'
import { lockInvitation } from './invitations.ts'
import { lockAdmins } from './lock-admins.ts'

export interface NewUser {
  readonly id: string
  readonly email: string
  readonly passwordHash: string
}

/** What a user may be made by: anybody's right, that of the first of all, or an invitation, which is used up. */
export type RegistrationRight =
  | { readonly kind: 'anybody' }
  | { readonly kind: 'first' }
  | { readonly kind: 'invitation'; readonly hash: Uint8Array<ArrayBuffer> }

export type InsertUserOutcome = 'inserted' | 'emailTaken' | 'notTheFirst' | 'invitationRefused'

/** The first user of all is an admin, every other is not: exactly one, however many register at once. */
export async function insertUser(
  { prisma }: Database,
  { id, email, passwordHash }: NewUser,
  right: RegistrationRight = { kind: 'anybody' },
): Promise<InsertUserOutcome> {
  return prisma.$transaction(async (transaction) => {
    await lockAdmins(transaction)
    const refusal = await refusalOf(transaction, right)
    if (refusal !== undefined) return refusal
    const inserted = await transaction.$executeRaw`
      INSERT INTO user_account (id, email, password_hash, role)
      VALUES (
        ${id}::uuid, ${email}, ${passwordHash},
        (CASE WHEN EXISTS (SELECT FROM user_account) THEN 'USER' ELSE 'ADMIN' END)::user_role
      )
      ON CONFLICT (email) DO NOTHING`
    if (inserted === 0) return 'emailTaken'
    if (right.kind === 'invitation')
      await transaction.$executeRaw`UPDATE invitation SET used_at = now() WHERE hash = ${right.hash}`
    return 'inserted'
  })
}

/** Under the lock of `lockAdmins`: of two who use one invitation at once, or both want to be the first, one is refused. */
async function refusalOf(
  transaction: Prisma.TransactionClient,
  right: RegistrationRight,
): Promise<'notTheFirst' | 'invitationRefused' | undefined> {
  switch (right.kind) {
    case 'anybody':
      return undefined
    case 'first':
      return (await transaction.user.findFirst({ select: { id: true } })) === null ? undefined : 'notTheFirst'
    case 'invitation':
      return (await lockInvitation(transaction, right.hash)) ? undefined : 'invitationRefused'
    default:
      return right satisfies never
  }
}
