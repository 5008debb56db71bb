import type { PersonalToken } from '../../generated/prisma/client.ts'
import type { Database } from '../database.ts'

/**
 * Revokes a token; the time of its first revocation stays. Null where there is no such token.
 * @param ownerId whose it must be; null for anybody's
 */
export async function markPersonalTokenRevoked(
  { prisma }: Database,
  id: string,
  ownerId: string | null,
): Promise<PersonalToken | null> {
  await prisma.$executeRaw`
    UPDATE personal_token SET revoked_at = now()
    WHERE id = ${id}::uuid AND revoked_at IS NULL AND (${ownerId}::uuid IS NULL OR user_id = ${ownerId}::uuid)`
  return prisma.personalToken.findFirst({ where: { id, ...(ownerId !== null && { userId: ownerId }) } })
}
