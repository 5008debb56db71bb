import type { Database } from '../database.ts'
import { insertRefreshToken, type NewRefreshToken } from './insert-refresh-token.ts'
import { lockSessions } from './lock-sessions.ts'
import { revokeFamilyOf } from './revoke-refresh-token-family.ts'

export type RotationOutcome =
  | { readonly kind: 'rotated'; readonly userId: string }
  | { readonly kind: 'refused'; readonly reason: 'unknown' | 'revoked' | 'expired' | 'reused' }

interface PresentedToken {
  readonly userId: string
  readonly familyId: string
  readonly state: 'unused' | 'justUsed' | 'reused' | 'revoked' | 'expired'
}

/**
 * Exchanges a token for its successor. A token that comes a second time was stolen, or its thief's was used before: the whole
 * family is revoked. Within `graceMs` of its first use it is rather another tab of the same page, which gets a successor of
 * its own. All times are the database's; those compared are of after the lock, as `now()`, the transaction's start, is not.
 */
export async function rotateRefreshToken(
  { prisma }: Database,
  hash: Uint8Array<ArrayBuffer>,
  successor: NewRefreshToken,
  graceMs: number,
): Promise<RotationOutcome> {
  return prisma.$transaction(async (transaction): Promise<RotationOutcome> => {
    await lockSessions(transaction, hash)
    const [token] = await transaction.$queryRaw<PresentedToken[]>`
      SELECT user_id AS "userId", family_id AS "familyId",
        CASE
          WHEN revoked_at IS NOT NULL THEN 'revoked'
          WHEN expires_at <= statement_timestamp() THEN 'expired'
          WHEN used_at IS NULL THEN 'unused'
          WHEN used_at > statement_timestamp() - make_interval(secs => ${graceMs / 1000}::double precision) THEN 'justUsed'
          ELSE 'reused'
        END AS state
      FROM refresh_token WHERE hash = ${hash}`
    if (token === undefined) return { kind: 'refused', reason: 'unknown' }

    switch (token.state) {
      case 'unused':
        await transaction.$executeRaw`UPDATE refresh_token SET used_at = now() WHERE hash = ${hash}`
        await insertRefreshToken(transaction, token.userId, token.familyId, successor)
        return { kind: 'rotated', userId: token.userId }
      case 'justUsed':
        await insertRefreshToken(transaction, token.userId, token.familyId, successor)
        return { kind: 'rotated', userId: token.userId }
      case 'reused':
        await revokeFamilyOf(transaction, hash)
        return { kind: 'refused', reason: 'reused' }
      case 'revoked':
      case 'expired':
        return { kind: 'refused', reason: token.state }
      default:
        return token.state satisfies never
    }
  })
}
