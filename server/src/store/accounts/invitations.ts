import type { Invitation, Prisma } from '../../generated/prisma/client.ts'
import type { Database } from '../database.ts'

export interface NewInvitation {
  readonly id: string
  readonly name: string
  readonly hash: Uint8Array<ArrayBuffer>
  readonly createdById: string | null
  readonly lifetimeSeconds: number
}

/** In SQL rather than by the client, which would fill in its own time. */
export async function insertInvitation(
  { prisma }: Database,
  { id, name, hash, createdById, lifetimeSeconds }: NewInvitation,
): Promise<Invitation> {
  await prisma.$executeRaw`
    INSERT INTO invitation (id, name, hash, created_by, expires_at)
    VALUES (
      ${id}::uuid, ${name}, ${hash}, ${createdById}::uuid,
      now() + make_interval(secs => ${lifetimeSeconds}::double precision)
    )`
  return prisma.invitation.findUniqueOrThrow({ where: { id } })
}

/** Withdraws an invitation that was not used; the time of its first withdrawal stays. Null where there is no such invitation. */
export async function markInvitationRevoked({ prisma }: Database, id: string): Promise<Invitation | null> {
  await prisma.$executeRaw`
    UPDATE invitation SET revoked_at = now() WHERE id = ${id}::uuid AND revoked_at IS NULL AND used_at IS NULL`
  return prisma.invitation.findUnique({ where: { id } })
}

export async function isInvitationOpen({ prisma }: Database, hash: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const open = await prisma.$queryRaw<unknown[]>`
    SELECT id FROM invitation
    WHERE hash = ${hash} AND used_at IS NULL AND revoked_at IS NULL AND expires_at > now()`
  return open.length > 0
}

/** Tells whether it is open, and keeps it so until the transaction ends. */
export async function lockInvitation(
  transaction: Prisma.TransactionClient,
  hash: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const open = await transaction.$queryRaw<unknown[]>`
    SELECT id FROM invitation
    WHERE hash = ${hash} AND used_at IS NULL AND revoked_at IS NULL AND expires_at > now()
    FOR UPDATE`
  return open.length > 0
}
