import type { Computation } from '../harness/agent.ts'
import type { Cluster } from '../harness/cluster.ts'

export interface ComputationVerdict {
  readonly violations: readonly string[]
  /** Tasks that agents computed to their end more than once, for whatever reason. */
  readonly computedTwice: number
  /** All computations. */
  readonly computations: number
}

/**
 * I3: no task runs at two agents but after a loss, an error or an overdue time that the attempts record. The death of an agent together
 * with its replica leaves nobody who could record it: there that death itself is the reason.
 */
export async function checkComputations(cluster: Cluster): Promise<ComputationVerdict> {
  const byTask = new Map<string, Computation[]>()
  let computations = 0
  for (const computation of cluster.agents.flatMap(({ runs }) => runs.flatMap((run) => run.computations))) {
    computations++
    const key = `${computation.expressionId}:${computation.task}`
    byTask.set(key, [...(byTask.get(key) ?? []), computation])
  }
  const rows = await cluster.query<{ key: string }>(
    `SELECT DISTINCT expression_id || ':' || task AS key FROM failed_attempt`,
  )
  const recorded = new Set(rows.map(({ key }) => key))
  const violations: string[] = []
  let computedTwice = 0
  for (const [key, all] of byTask) {
    if (all.length < 2) continue
    computedTwice++
    if (recorded.has(key)) continue
    const inOrder = all.toSorted((a, b) => a.startedAt - b.startedAt)
    // The last one is what all before it are to give a reason for.
    const unexplained = inOrder.slice(0, -1).filter(({ by }) => by.program.isRunning)
    if (unexplained.length === 0) continue
    const told = inOrder.map(
      ({ by, attempt, startedAt, endedAt }) => `${by.name} attempt ${attempt} ${startedAt}-${endedAt}`,
    )
    violations.push(`I3: ${key} was computed more than once, and no attempt says why: ${told.join(', ')}`)
  }
  return { violations, computedTwice, computations }
}
