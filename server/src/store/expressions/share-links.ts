import type { Pool } from 'pg'
import type { ShareLink } from '../../generated/prisma/client.ts'
import type { Database } from '../database.ts'

export interface NewShareLink {
  readonly id: string
  readonly expressionId: string
  /** Whose the expression must be. */
  readonly ownerId: string
  readonly hash: Uint8Array<ArrayBuffer>
  /** Null for one without an end. */
  readonly lifetimeSeconds: number | null
}

export type ShareLinkInsertion = ShareLink | 'noExpression' | 'tooMany'

/**
 * Makes a link, where the expression is this owner's and has fewer good ones than `most`. The row of the expression is locked, so that the
 * count is right; who makes links of one waits for nobody but themselves.
 */
export async function insertShareLink(
  { prisma }: Database,
  { id, expressionId, ownerId, hash, lifetimeSeconds }: NewShareLink,
  most: number,
): Promise<ShareLinkInsertion> {
  return prisma.$transaction(async (transaction) => {
    const [owned] = await transaction.$queryRaw<object[]>`
      SELECT 1 FROM expression WHERE id = ${expressionId}::uuid AND owner_id = ${ownerId}::uuid FOR NO KEY UPDATE`
    if (owned === undefined) return 'noExpression'
    // What is good no longer is of no use to anybody, and there is no end to it.
    await transaction.$executeRaw`
      DELETE FROM share_link WHERE expression_id = ${expressionId}::uuid
        AND (expires_at < now() - interval '1 day' OR revoked_at < now() - interval '1 day')`
    const inserted = await transaction.$executeRaw`
      INSERT INTO share_link (id, expression_id, hash, expires_at)
      SELECT ${id}::uuid, ${expressionId}::uuid, ${hash},
        now() + make_interval(secs => ${lifetimeSeconds}::double precision)
      WHERE ${most} > (
        SELECT count(*) FROM share_link
        WHERE expression_id = ${expressionId}::uuid AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
      )`
    return inserted === 0 ? 'tooMany' : transaction.shareLink.findUniqueOrThrow({ where: { id } })
  })
}

/** Revokes a link of this owner's; the time of its first revocation stays. Null where there is no such link. */
export async function markShareLinkRevoked(
  { prisma }: Database,
  id: string,
  ownerId: string,
): Promise<ShareLink | null> {
  await prisma.$executeRaw`
    UPDATE share_link SET revoked_at = now() FROM expression
    WHERE share_link.id = ${id}::uuid AND revoked_at IS NULL
      AND expression.id = expression_id AND owner_id = ${ownerId}::uuid`
  return prisma.shareLink.findFirst({ where: { id, expression: { ownerId } } })
}

export interface FoundShareLink {
  readonly id: string
  readonly expressionId: string
  readonly expiresAt: Date | null
}

/** The link with this hash, where it is good, and the owner of its expression not disabled. */
export async function findShareLink(pool: Pool, hash: Uint8Array): Promise<FoundShareLink | undefined> {
  const { rows } = await pool.query<FoundShareLink>({
    name: 'find-share-link',
    text: `
      SELECT share_link.id, expression_id AS "expressionId", expires_at AS "expiresAt"
        FROM share_link JOIN expression ON expression.id = expression_id JOIN user_account ON user_account.id = owner_id
       WHERE hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()) AND disabled_at IS NULL`,
    values: [hash],
  })
  return rows[0]
}

/** The links that were revoked within these last seconds, or the owners of their expressions disabled, by the database's clock. */
export async function listRevokedShareLinks(pool: Pool, withinSeconds: number): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM share_link WHERE revoked_at > now() - make_interval(secs => $1)
     UNION
     SELECT share_link.id FROM user_account JOIN expression ON owner_id = user_account.id
       JOIN share_link ON expression_id = expression.id
      WHERE disabled_at > now() - make_interval(secs => $1) AND revoked_at IS NULL`,
    [withinSeconds],
  )
  return rows.map(({ id }) => id)
}
