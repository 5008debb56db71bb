import type { Services } from '../use-cases/services.ts'
import type { Dispatcher } from './dispatcher.ts'
import type { SchedulerState } from './state.ts'
import type { Tickets } from './ticket.ts'

/** What the parts of the scheduler share. */
export interface SchedulerDeps extends Pick<
  Services,
  'environment' | 'logger' | 'clock' | 'ids' | 'database' | 'announcer' | 'live'
> {
  readonly replicaId: string
  readonly state: SchedulerState
  readonly tickets: Tickets
  readonly dispatcher: Dispatcher
}
