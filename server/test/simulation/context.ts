import type { Environment } from '../../src/env.ts'
import type { OperationDurations } from '../../src/domain/operation.ts'
import type { StoreModel } from '../model/store-model.ts'
import type { BrokenRule } from './broken-rules.ts'
import type { EventLoop, Process } from './event-loop.ts'
import type { Faults } from './faults.ts'
import type { Random } from './random.ts'

/** What everything in a history shares. */
export interface Context {
  readonly loop: EventLoop
  readonly random: Random
  readonly faults: Faults
  readonly store: StoreModel
  readonly database: Process
  /** Everything outside of the system: who breaks and mends it, and who looks on. */
  readonly outside: Process
  readonly durations: OperationDurations
  /** Of all replicas. */
  readonly environment: Environment
  readonly broken: BrokenRule | null
  /** A UUID; later ones sort after earlier ones. */
  nextId(): string
  /** What kinds of things have happened. */
  readonly seen: Set<string>
  /** Takes note of what happens, where somebody will read it. */
  note(line: () => string): void
  /** A rule of the system does not hold. */
  violated(rule: string): void
}

/** How long a message is on its way. */
export const delayOf = ({ random, faults }: Context): number => random.between(0, faults.longestDelayMs)
