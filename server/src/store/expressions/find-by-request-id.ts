import type { Database } from '../database.ts'

/** The expression that an owner submitted under this request id; null where there is none. */
export async function findByRequestId(
  { prisma }: Database,
  ownerId: string,
  requestId: string,
): Promise<string | null> {
  const row = await prisma.expression.findUnique({
    where: { ownerId_requestId: { ownerId, requestId } },
    select: { id: true },
  })
  return row?.id ?? null
}

/** Whether an expression was to be regrouped; null where nobody said, or it is gone. */
export async function findRegroup({ prisma }: Database, id: string): Promise<boolean | null> {
  const row = await prisma.expression.findUnique({ where: { id }, select: { regroup: true } })
  return row?.regroup ?? null
}
