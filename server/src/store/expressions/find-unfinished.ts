import type { Database } from '../database.ts'

/** Of these expressions, those that have not ended, each with the epoch that its last retry began. */
export async function findUnfinished(
  { prisma }: Database,
  expressionIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await prisma.expression.findMany({
    where: { id: { in: [...expressionIds] }, status: { in: ['RUNNING', 'QUEUED'] } },
    select: { id: true, retryEpoch: true },
  })
  return new Map(rows.map(({ id, retryEpoch }) => [id, retryEpoch]))
}
