import type { Pool } from 'pg'
import { valueOfLiteral } from '../../domain/expression/literal.ts'
import { negate } from '../../domain/number/number.ts'
import type { Operand } from '../../domain/plan/plan.ts'
import type { Computed } from '../../domain/plausibility/claim.ts'
import { loadResults } from './load-logs.ts'
import type { ReadPlan } from './read-plan.ts'

/** What a task computes, of plan and log; null where its operands are not in the log, or there is no such task. */
export async function loadComputed(
  pool: Pool,
  readPlan: ReadPlan,
  expressionId: string,
  task: number,
): Promise<Computed | null> {
  const planned = (await readPlan(expressionId))?.tasks[task]
  if (!planned) return null
  const tasks = planned.operands.flatMap((operand) => ('task' in operand ? [operand.task] : []))
  const results = new Map((await loadResults(pool, expressionId, tasks)).map(({ task, value }) => [task, value]))
  const valueOf = (operand: Operand): string | undefined => {
    if ('literal' in operand) return valueOfLiteral(operand.literal)
    const value = results.get(operand.task)
    return value !== undefined && operand.negated ? negate(value) : value
  }
  const operands = planned.operands.map(valueOf)
  return operands.every((value) => value !== undefined) ? { operation: planned.operation, operands } : null
}
