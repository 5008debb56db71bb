import { decodePlan } from '../../domain/plan-codec.ts'
import type { Span } from '../../domain/plan.ts'
import type { Database } from '../database.ts'

/** Where the operator of a task stands in the source of its expression. */
export async function findSpan({ prisma }: Database, expressionId: string, task: number): Promise<Span> {
  const row = await prisma.expression.findUnique({ where: { id: expressionId }, select: { plan: true } })
  const planned = row && decodePlan(row.plan).tasks[task]
  return planned?.span ?? { position: 0, length: 0 }
}
