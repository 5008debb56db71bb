import type { Database } from '../database.ts'

/**
 * Whether an expression has such a task and has not ended; one that was retried since this epoch has: what was given out then is no
 * longer wanted.
 */
export async function isUnfinished(
  { prisma }: Database,
  { expressionId, task, epoch }: { readonly expressionId: string; readonly task: number; readonly epoch: number },
): Promise<boolean> {
  const expression = await prisma.expression.findUnique({
    where: { id: expressionId },
    select: { status: true, operationCount: true, retryEpoch: true },
  })
  if (expression === null || task >= expression.operationCount || epoch < expression.retryEpoch) return false
  return expression.status === 'RUNNING' || expression.status === 'QUEUED'
}

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
