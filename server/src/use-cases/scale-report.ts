import { isWithin } from '../clock.ts'
import { addDemands, type Demand, type OperationDemand } from '../domain/demand.ts'
import { decodePlan } from '../domain/plan/plan-codec.ts'
import { clusterStatsOf } from '../realtime/readers/cluster-stats.ts'
import type { ReplicaDemand } from '../store/replicas/replica-stats.ts'
import { loadQueuedHead, type QueuedHead } from '../store/expressions/queued-head.ts'
import type { Services } from './services.ts'

/** How many slots there are to be, for an autoscaler: of all replicas together, whichever is asked. */
export interface ScaleReport {
  readonly slots: { readonly useful: number; readonly busy: number; readonly total: number }
  readonly tasks: { readonly ready: number; readonly oldestSeconds: number }
  readonly byOperation: Readonly<Record<string, OperationDemand>>
}

/** An answer holds so long, however often it is asked for. */
const holdsMs = 1_000

/** Returns what tells the report. Where the database does not answer it rejects: an autoscaler then leaves things as they are. */
export function createScaleReports(
  services: Pick<Services, 'live' | 'database' | 'clock'>,
): () => Promise<ScaleReport> {
  let last: { readonly at: number; readonly report: Promise<ScaleReport> } | null = null
  return () => {
    const now = services.clock.now()
    if (last === null || !isWithin(holdsMs, last.at, now)) {
      const report = makeReport(services)
      const made = { at: now, report }
      last = made
      report.catch(() => {
        if (last === made) last = null
      })
    }
    return last.report
  }
}

async function makeReport({ live, database }: Pick<Services, 'live' | 'database'>): Promise<ScaleReport> {
  const queued = await loadQueuedHead(database.reads)
  const others = live.state.othersStats()
  const demands = [live.state.demand(), ...others.flatMap(({ demand }) => demand ?? [])]
  const { ready, useful, byOperation } = addDemands([...demands.map(fromShare), demandOfQueued(queued)])
  const oldestMs = Math.max(
    0,
    ...demands.map(({ oldestReadyMs }) => oldestReadyMs),
    ...queued.map(({ ageMs }) => ageMs),
  )
  const { slots, busySlots } = clusterStatsOf(live.state.stats(), others)
  return {
    slots: { useful, busy: busySlots, total: slots },
    tasks: { ready, oldestSeconds: Math.round(oldestMs) / 1_000 },
    byOperation: Object.fromEntries(byOperation),
  }
}

const fromShare = ({ byOperation, ...sums }: ReplicaDemand): Demand => ({
  ...sums,
  byOperation: new Map(byOperation.map(([name, ready, busy, useful]) => [name, { ready, busy, useful }])),
})

/** What waits in the queue is ready where it works on numbers alone. Of plans that were not read it is taken to be the same share. */
export function demandOfQueued(queued: readonly QueuedHead[]): Demand {
  const byOperation = new Map<string, number>()
  let [all, read, ready] = [0, 0, 0]
  for (const { operationCount, plan } of queued) {
    all += operationCount
    if (plan === null) continue
    read += operationCount
    for (const { operation, operands } of decodePlan(plan).tasks) {
      if (operands.some((operand) => 'task' in operand)) continue
      byOperation.set(operation, (byOperation.get(operation) ?? 0) + 1)
      ready++
    }
  }
  const factor = read === 0 ? 0 : all / read
  const demandOf = (count: number) => ({
    ready: Math.round(count * factor),
    busy: 0,
    useful: Math.round(count * factor),
  })
  return {
    ...demandOf(ready),
    byOperation: new Map([...byOperation].map(([operation, count]) => [operation, demandOf(count)])),
  }
}
