import type { Database } from '../database.ts'
import { insertRefreshToken, type NewRefreshToken } from './insert-refresh-token.ts'

/** The sign-in that a token belongs to. */
export interface SignInOfToken {
  readonly id: string
  readonly userId: string
  readonly expiresAt: Date
}

export type RotationOutcome =
  | { readonly kind: 'rotated'; readonly signIn: SignInOfToken }
  | { readonly kind: 'reused'; readonly signIn: SignInOfToken }
  | { readonly kind: 'refused'; readonly reason: 'unknown' | 'ended' | 'expired' }

interface PresentedToken extends SignInOfToken {
  readonly state: 'unused' | 'justUsed' | 'reused' | 'ended' | 'expired'
}

/**
 * Exchanges a token for its successor, of which there is but one: a token that comes again within `graceMs` of its first use is
 * another tab of the same page, and gets the successor that the first was given. Later it was stolen, or its thief's was used
 * before: the sign-in is ended.
 *
 * Whether the sign-in has ended is read after its row is locked, so that no token is added to one that has ended. The grace is held
 * against `now()`, the transaction's start: how long a tab waited for the other's lock does not count.
 */
export async function rotateRefreshToken(
  { prisma }: Database,
  hash: Uint8Array<ArrayBuffer>,
  successor: NewRefreshToken,
  graceMs: number,
): Promise<RotationOutcome> {
  return prisma.$transaction(async (transaction): Promise<RotationOutcome> => {
    await transaction.$executeRaw`
      SELECT FROM sign_in WHERE id = (SELECT family_id FROM refresh_token WHERE hash = ${hash}) FOR NO KEY UPDATE`
    const [token] = await transaction.$queryRaw<PresentedToken[]>`
      SELECT sign_in.id, sign_in.user_id AS "userId", sign_in.expires_at AS "expiresAt",
        CASE
          WHEN ended_at IS NOT NULL OR revoked_at IS NOT NULL THEN 'ended'
          WHEN refresh_token.expires_at <= statement_timestamp() THEN 'expired'
          WHEN used_at IS NULL THEN 'unused'
          WHEN used_at > now() - make_interval(secs => ${graceMs / 1000}::double precision) THEN 'justUsed'
          ELSE 'reused'
        END AS state
      FROM refresh_token JOIN sign_in ON sign_in.id = family_id WHERE hash = ${hash}`
    if (token === undefined) return { kind: 'refused', reason: 'unknown' }

    const { state, ...signIn } = token
    switch (state) {
      case 'unused':
        await transaction.$executeRaw`UPDATE refresh_token SET used_at = now() WHERE hash = ${hash}`
        await transaction.$executeRaw`UPDATE sign_in SET last_used_at = now() WHERE id = ${signIn.id}::uuid`
        await insertRefreshToken(transaction, signIn.id, successor)
        return { kind: 'rotated', signIn }
      case 'justUsed':
        return { kind: 'rotated', signIn }
      case 'reused':
        await transaction.$executeRaw`UPDATE sign_in SET ended_at = now() WHERE id = ${signIn.id}::uuid`
        return { kind: 'reused', signIn }
      case 'ended':
      case 'expired':
        return { kind: 'refused', reason: state }
      default:
        return state satisfies never
    }
  })
}
