import type { Database } from '../database.ts'
import { insertRefreshToken, type NewRefreshToken } from './insert-refresh-token.ts'
import { insertSignIn, type NewSignIn } from './insert-sign-in.ts'

/** Begins a sign-in, with a first refresh token where it has any. Returns what `insertSignIn` does. */
export function beginSignIn(
  { prisma }: Database,
  signIn: NewSignIn,
  refreshToken: NewRefreshToken | null,
): Promise<Date | undefined> {
  return prisma.$transaction(async (transaction) => {
    const expiresAt = await insertSignIn(transaction, signIn)
    if (expiresAt !== undefined && refreshToken !== null) await insertRefreshToken(transaction, signIn.id, refreshToken)
    return expiresAt
  })
}
