import type { TokenScope } from '../../domain/actor.ts'
import type { PersonalToken } from '../../generated/prisma/client.ts'
import type { Database } from '../database.ts'

export interface NewPersonalToken {
  readonly id: string
  readonly userId: string
  readonly name: string
  readonly hash: Uint8Array<ArrayBuffer>
  readonly scopes: readonly TokenScope[]
  readonly lifetimeSeconds: number
}

/** Of each user so many that are good, and so many of the last that are not. */
export interface TokenBounds {
  readonly good: number
  readonly ended: number
}

/**
 * Null where the user has as many good ones as one may have. Without a lock, for which a user who makes many at once would let connections
 * wait: whoever finds one too many when theirs is committed takes it back. The last of them finds it, so there never stay too many; of two that
 * are made at once when there is room for one, perhaps neither stays.
 */
export async function insertPersonalToken(
  { prisma }: Database,
  { id, userId, name, hash, scopes, lifetimeSeconds }: NewPersonalToken,
  bounds: TokenBounds,
): Promise<PersonalToken | null> {
  const inserted = await prisma.$executeRaw`
    INSERT INTO personal_token (id, user_id, name, hash, scopes, expires_at)
    SELECT ${id}::uuid, ${userId}::uuid, ${name}, ${hash}, ${[...scopes]}::text[]::token_scope[],
      now() + make_interval(secs => ${lifetimeSeconds}::double precision)
    WHERE ${bounds.good} > (
      SELECT count(*) FROM personal_token
      WHERE user_id = ${userId}::uuid AND revoked_at IS NULL AND expires_at > now()
    )`
  if (inserted === 0) return null
  const takenBack = await prisma.$executeRaw`
    DELETE FROM personal_token WHERE id = ${id}::uuid AND ${bounds.good} < (
      SELECT count(*) FROM personal_token
      WHERE user_id = ${userId}::uuid AND revoked_at IS NULL AND expires_at > now()
    )`
  if (takenBack === 1) return null
  await prisma.$executeRaw`
    DELETE FROM personal_token WHERE id IN (
      SELECT id FROM personal_token
      WHERE user_id = ${userId}::uuid AND (revoked_at IS NOT NULL OR expires_at <= now())
      ORDER BY id DESC OFFSET ${bounds.ended}
    )`
  return prisma.personalToken.findUniqueOrThrow({ where: { id } })
}
