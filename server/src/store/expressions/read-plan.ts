import { LRUCache } from 'lru-cache'
import { decodePlan } from '../../domain/plan/plan-codec.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import type { Database } from '../database.ts'

/** Null where there is no such expression. */
export type ReadPlan = (expressionId: string) => Promise<Plan | null>

/** As many as replicas that are lost at once have large expressions; the largest plan takes about a megabyte. */
const maxPlans = 16

/** Reads plans one by one. They are written once: of the last few none is read and decoded again, for each of a thousand results. */
export function createPlanReader({ prisma }: Pick<Database, 'prisma'>): ReadPlan {
  const plans = new LRUCache<string, Plan>({ max: maxPlans })
  return async (expressionId) => {
    const known = plans.get(expressionId)
    if (known) return known
    const row = await prisma.expression.findUnique({ where: { id: expressionId }, select: { plan: true } })
    if (row === null) return null
    const plan = decodePlan(row.plan)
    plans.set(expressionId, plan)
    return plan
  }
}
