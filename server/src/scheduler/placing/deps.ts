import type { Environment } from '../../env.ts'
import type { Announcer } from '../../realtime/announcer.ts'
import type { SchedulerStore } from '../../store/scheduler-store.ts'
import type { AssignmentBook } from './assignment-book.ts'
import type { Dispatcher } from './dispatcher.ts'
import type { SchedulerState } from '../memory/state.ts'
import type { Tickets } from '../memory/ticket.ts'
import type { World } from '../world.ts'

/** What the parts of the scheduler share. */
export interface SchedulerDeps extends World {
  readonly environment: Environment
  readonly announcer: Announcer
  /** The store, each of whose operations is tried until it is done; `store` itself is for what comes round again anyhow. */
  readonly persistent: SchedulerStore
  readonly replicaId: string
  readonly state: SchedulerState
  readonly tickets: Tickets
  readonly book: AssignmentBook
  readonly dispatcher: Dispatcher
}
