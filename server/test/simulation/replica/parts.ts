import type { SchedulerDeps } from '../../../src/scheduler/deps.ts'
import type { BrokenRule } from '../broken-rules.ts'
import type { StoreLink } from './store-link.ts'

/**
 * What the parts of a simulated replica share.
 *
 * Most of them are the scheduler's own. Those whose work is mainly SQL are said again here, each after the class that it stands for and
 * with the same waits, on the model of the store; where that class does other work too, it is extended and only its SQL said again.
 */
export interface Parts {
  readonly deps: SchedulerDeps
  readonly store: StoreLink
  readonly broken: BrokenRule | null
}
