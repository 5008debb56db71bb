import { valueOfLiteral } from '../../domain/expression/literal.ts'
import { decodePlan } from '../../domain/plan-codec.ts'
import { negate } from '../../domain/number.ts'
import type { Operand } from '../../domain/plan.ts'
import type { Computed } from '../../domain/plausibility/claim.ts'
import type { Database } from '../database.ts'
import { loadResults } from './load-logs.ts'

/** What a task computes, of plan and log; null where its operands are not in the log, or there is no such task. */
export async function loadComputed(
  { pool, prisma }: Database,
  expressionId: string,
  task: number,
): Promise<Computed | null> {
  const row = await prisma.expression.findUnique({ where: { id: expressionId }, select: { plan: true } })
  const planned = row && decodePlan(row.plan).tasks[task]
  if (!planned) return null
  const tasks = [planned.left, planned.right].flatMap((operand) => ('task' in operand ? [operand.task] : []))
  const results = new Map((await loadResults(pool, expressionId, tasks)).map(({ task, value }) => [task, value]))
  const valueOf = (operand: Operand): string | undefined => {
    if ('literal' in operand) return valueOfLiteral(operand.literal)
    const value = results.get(operand.task)
    return value !== undefined && operand.negated ? negate(value) : value
  }
  const [left, right] = [valueOf(planned.left), valueOf(planned.right)]
  return left === undefined || right === undefined ? null : { operation: planned.operation, left, right }
}
