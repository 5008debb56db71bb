import { spanOf } from '../../domain/plan/plan.ts'
import type { Span } from '../../domain/span.ts'
import type { ReadPlan } from './read-plan.ts'

/** Where the operator of a task stands in the source of its expression. */
export async function findSpan(readPlan: ReadPlan, expressionId: string, task: number): Promise<Span> {
  return spanOf((await readPlan(expressionId))?.tasks[task])
}
