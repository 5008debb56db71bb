import type { Ledger } from '../load/ledger.ts'
import type { Offer } from '../systems/offers.ts'
import type { RunningSystem, System, Work } from '../systems/system.ts'
import type { Drawer } from '../workload/draw.ts'

/** A question that is asked of every system in the same way. */
export interface Scenario {
  readonly name: string
  /** What is measured and how, in a sentence or two, for whoever reads the table. */
  readonly description: string
  /** What a system must have beside computing to be asked this; every system is asked where it is absent. */
  readonly needs?: Offer
  /** What this machine lacks for a part of it: which part, and why; null where it lacks nothing. */
  lacks?(): string | null
  run(bench: Bench): Promise<readonly Measurement[]>
}

/** Whether a system can be asked this. */
export const applies = ({ needs }: Scenario, { offers }: System): boolean =>
  needs === undefined || offers.includes(needs)

/** What a scenario works with: one system, started for one round. */
export interface Bench {
  readonly system: RunningSystem
  readonly ledger: Ledger
  readonly drawer: Drawer
  readonly workers: Workers
  readonly scale: Scale
  /** Milliseconds, from a clock that never goes back. */
  now(): number
}

/** Whose workers run, so that scenarios with the same work need not start them anew. */
export interface Workers {
  use(work: Work): Promise<void>
  stop(): Promise<void>
}

/** How long to measure. Work is cut to last so long on each system, so that a slow one does not take minutes. */
export interface Scale {
  /**
   * After the start of a system, when all of its code is cold, and again before each measurement. Two servers that share the work have run
   * each of their functions half as often: what they do a second rose for ten seconds.
   */
  readonly firstWarmUpMs: number
  readonly warmUpMs: number
  readonly measureMs: number
}

export interface Measurement {
  readonly metric: string
  readonly unit: Unit
  readonly value: number
  /** Secondary figures tell why; they stand in a table of their own. */
  readonly kind: 'primary' | 'resource'
}

export type Unit =
  | 'operations/s'
  | 'payloads/s'
  | 'pictures/s'
  | 'rows'
  | 's'
  | 'ms'
  | 'kB'
  | '%'
  | 'µs/operation'
  | 'µs/payload'
  | 'bytes/operation'
  | 'MiB'
