import type { OperationName } from '../../domain/operation.ts'
import type { ReplicaStats } from '../../store/replicas/replica-stats.ts'

/** One moment of the whole cluster, as this replica knew it. */
export interface ClusterSample {
  /** Milliseconds since the Unix epoch. */
  readonly at: number
  readonly slots: number
  readonly readyTasks: number
  readonly runningTasks: number
  readonly tasksPerSecond: number
  /** How long tasks were ready before an agent began them, on average; null where none began. */
  readonly schedulingDelayMs: number | null
  readonly byOperation: readonly OperationSample[]
}

export interface OperationSample {
  readonly operation: OperationName
  readonly readyTasks: number
  readonly runningTasks: number
  readonly tasksPerSecond: number
}

/** More operations at a time than these are not told apart: the busiest are. */
const mostOperations = 20

export function sampleOf(at: number, replicas: readonly ReplicaStats[]): ClusterSample {
  const operations = new Map<OperationName, { readyTasks: number; runningTasks: number; tasksPerSecond: number }>()
  const of = (operation: OperationName) => {
    const known = operations.get(operation) ?? { readyTasks: 0, runningTasks: 0, tasksPerSecond: 0 }
    operations.set(operation, known)
    return known
  }
  const sum = { slots: 0, readyTasks: 0, runningTasks: 0, tasksPerSecond: 0, begun: 0, delayMs: 0 }
  for (const { slots, busySlots, demand, flow } of replicas) {
    sum.slots += slots
    sum.runningTasks += busySlots
    sum.begun += flow?.begun ?? 0
    sum.delayMs += flow?.delayMs ?? 0
    sum.readyTasks += demand?.ready ?? 0
    for (const [operation, ready, busy] of demand?.byOperation ?? []) {
      of(operation).readyTasks += ready
      of(operation).runningTasks += busy
    }
    for (const [operation, perSecond] of flow?.perSecond ?? []) {
      of(operation).tasksPerSecond += perSecond
      sum.tasksPerSecond += perSecond
    }
  }
  const { begun, delayMs, ...figures } = sum
  const byOperation = [...operations].map(([operation, some]) => ({ operation, ...some })).filter(isSomething)
  return {
    at,
    ...figures,
    schedulingDelayMs: begun === 0 ? null : delayMs / begun,
    byOperation: byOperation.toSorted((a, b) => weight(b) - weight(a)).slice(0, mostOperations),
  }
}

const weight = ({ readyTasks, runningTasks, tasksPerSecond }: OperationSample) =>
  readyTasks + runningTasks + tasksPerSecond
const isSomething = (sample: OperationSample) => weight(sample) > 0

const everyMs = 2_000
const keptMs = 5 * 60_000

/** No two that are kept have the same: of places there is one more than there are seconds. */
export const placeOf = ({ at }: Pick<ClusterSample, 'at'>): string =>
  String(Math.floor(at / 1_000) % (keptMs / 1_000 + 1))

/** The cluster in the last minutes: so much memory and no more. */
export class ClusterSamples {
  /** Oldest first. */
  readonly kept: ClusterSample[] = []

  /** @returns whether it is time for one more */
  isDue(now: number): boolean {
    return now - (this.kept.at(-1)?.at ?? -Infinity) >= 0.9 * everyMs
  }

  add(sample: ClusterSample): void {
    this.kept.push(sample)
    while (sample.at - this.kept[0]!.at >= keptMs) this.kept.shift()
  }
}
