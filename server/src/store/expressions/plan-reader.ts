import { LRUCache } from 'lru-cache'
import { decodePlan } from '../../domain/plan/plan-codec.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import type { Database } from '../database.ts'

/** Some 16 of the largest plans, of which each takes about a megabyte, or ten thousand of 30 operations. */
const maxTasks = 320_000

/** Reads plans, which are written once: of the last few none is read and decoded again, for each of a thousand results. */
export class PlanReader {
  readonly #known = new LRUCache<string, Plan>({
    maxSize: maxTasks,
    sizeCalculation: ({ tasks }) => Math.max(1, tasks.length),
  })
  readonly #prisma: Database['prisma']

  constructor({ prisma }: Pick<Database, 'prisma'>) {
    this.#prisma = prisma
  }

  /** By expression; one that there is not is left out. */
  async read(expressionIds: readonly string[]): Promise<ReadonlyMap<string, Plan>> {
    const plans = new Map<string, Plan>()
    const unknown = new Set<string>()
    for (const id of expressionIds) {
      const plan = this.#known.get(id)
      if (plan) plans.set(id, plan)
      else unknown.add(id)
    }
    if (unknown.size === 0) return plans
    const rows = await this.#prisma.expression.findMany({
      where: { id: { in: [...unknown] } },
      select: { id: true, plan: true },
    })
    for (const row of rows) {
      const plan = decodePlan(row.plan)
      this.#known.set(row.id, plan)
      plans.set(row.id, plan)
    }
    return plans
  }
}
