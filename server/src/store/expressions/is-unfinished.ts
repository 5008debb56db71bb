import type { Database } from '../database.ts'

/** Whether an expression has such a task and has not ended. */
export async function isUnfinished({ prisma }: Database, expressionId: string, task: number): Promise<boolean> {
  const expression = await prisma.expression.findUnique({
    where: { id: expressionId },
    select: { status: true, operationCount: true },
  })
  if (expression === null || task >= expression.operationCount) return false
  return expression.status === 'RUNNING' || expression.status === 'QUEUED'
}

/** Of these expressions, those that have not ended. */
export async function findUnfinished({ prisma }: Database, expressionIds: readonly string[]): Promise<Set<string>> {
  const rows = await prisma.expression.findMany({
    where: { id: { in: [...expressionIds] }, status: { in: ['RUNNING', 'QUEUED'] } },
    select: { id: true },
  })
  return new Set(rows.map(({ id }) => id))
}
