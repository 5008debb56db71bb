import type { Prisma } from '../../generated/prisma/client.ts'

/** Any number that no other advisory lock of this database has. */
const adminsLock = 72_707_401

/**
 * Decisions about who is an admin are made one at a time: whether nobody has registered yet, whether another admin is left.
 * Held until the transaction ends; what is read after it is what the one before has committed.
 */
export async function lockAdmins(transaction: Prisma.TransactionClient): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${adminsLock}::bigint)`
}

/** Whether an admin would be left who can sign in. Under the lock. */
export async function hasAnotherAdmin(transaction: Prisma.TransactionClient, userId: string): Promise<boolean> {
  const another = await transaction.user.findFirst({
    where: { role: 'ADMIN', disabledAt: null, id: { not: userId } },
    select: { id: true },
  })
  return another !== null
}
