import type { Span } from '../../domain/plan/plan.ts'
import type { ReadPlan } from './read-plan.ts'

/** Where the operator of a task stands in the source of its expression. */
export async function findSpan(readPlan: ReadPlan, expressionId: string, task: number): Promise<Span> {
  return (await readPlan(expressionId))?.tasks[task]?.span ?? { position: 0, length: 0 }
}
