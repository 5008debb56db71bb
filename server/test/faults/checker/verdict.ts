import type { Cluster } from '../harness/cluster.ts'
import { checkComputations } from './computations.ts'
import { checkLog, type Ending } from './log.ts'
import { checkObservers } from './observers.ts'
import { settle } from './settle.ts'

/** What became of the work in a run, and which invariants it broke: none, if all is well. */
export interface Verdict {
  readonly violations: readonly string[]
  readonly tasks: number
  readonly tasksLost: number
  readonly computedTwice: number
  readonly countedTwice: number
}

interface CheckOptions {
  /** Of expressions that are to end otherwise than with their result. */
  readonly endings?: ReadonlyMap<string, readonly Ending[]> | undefined
  /** How long an update may be on its way to an observer. */
  readonly patienceMs?: number
}

/** Checks I1 to I4, once all work has ended; I5 is watched meanwhile (`LeaseWatch`). */
export async function checkInvariants(cluster: Cluster, options: CheckOptions = {}): Promise<Verdict> {
  const { endings = new Map(), patienceMs = 8_000 } = options
  const stuck = await settle(cluster)
  const log = await checkLog(cluster, endings)
  const computations = await checkComputations(cluster)
  const observers = await checkObservers(cluster, patienceMs)
  return {
    violations: [...stuck, ...log.violations, ...computations.violations, ...observers],
    tasks: cluster.load.operations,
    tasksLost: log.lost,
    computedTwice: computations.computedTwice,
    countedTwice: log.countedTwice,
  }
}
