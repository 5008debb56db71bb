import type { Prisma } from '../../generated/prisma/client.ts'
import type { Database } from '../database.ts'
import { endSignInsOf, type EndedSignIn } from './end-sign-ins.ts'
import { forgetOrigins } from './known-origins.ts'

export interface NewResetLink {
  readonly id: string
  readonly userId: string
  readonly hash: Uint8Array<ArrayBuffer>
  readonly lifetimeSeconds: number
}

export interface ResetLink {
  readonly id: string
  readonly expiresAt: Date
}

/** Makes a link, and takes those away that were made before. Null where there is no such user, or nothing of them is let in. */
export function insertResetLink(
  { prisma }: Database,
  { id, userId, hash, lifetimeSeconds }: NewResetLink,
): Promise<ResetLink | null> {
  return prisma.$transaction(async (transaction) => {
    await transaction.$executeRaw`DELETE FROM reset_link WHERE user_id = ${userId}::uuid AND used_at IS NULL`
    const [link] = await transaction.$queryRaw<ResetLink[]>`
      INSERT INTO reset_link (id, user_id, hash, expires_at)
      SELECT ${id}::uuid, id, ${hash}, now() + make_interval(secs => ${lifetimeSeconds}::double precision)
      FROM user_account WHERE id = ${userId}::uuid AND disabled_at IS NULL
      RETURNING id, expires_at AS "expiresAt"`
    return link ?? null
  })
}

export interface ResetUser {
  readonly userId: string
  readonly email: string
}

const good = (hash: Uint8Array<ArrayBuffer>, client: Prisma.TransactionClient): Promise<ResetUser[]> =>
  client.$queryRaw`
    SELECT user_account.id AS "userId", email FROM reset_link JOIN user_account ON user_account.id = user_id
    WHERE hash = ${hash} AND used_at IS NULL AND expires_at > now() AND disabled_at IS NULL
    FOR UPDATE OF reset_link`

/** Whose link this is, where it is good. */
export async function findResetLink(
  { prisma }: Database,
  hash: Uint8Array<ArrayBuffer>,
): Promise<ResetUser | undefined> {
  const [user] = await good(hash, prisma)
  return user
}

/** Uses a link up: changes the password, ends all sign-ins, and forgets from where they were made. Undefined where it is no longer good. */
export function useResetLink(
  { prisma }: Database,
  hash: Uint8Array<ArrayBuffer>,
  passwordHash: string,
): Promise<readonly EndedSignIn[] | undefined> {
  return prisma.$transaction(async (transaction) => {
    const [user] = await good(hash, transaction)
    if (user === undefined) return undefined
    await transaction.$executeRaw`UPDATE reset_link SET used_at = now() WHERE hash = ${hash}`
    await transaction.$executeRaw`
      UPDATE user_account SET password_hash = ${passwordHash}, version = version + 1 WHERE id = ${user.userId}::uuid`
    await forgetOrigins(transaction, user.userId)
    return endSignInsOf(transaction, user.userId)
  })
}
