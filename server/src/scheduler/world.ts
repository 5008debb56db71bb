import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Ids } from '../ids.ts'
import type { Meter } from '../metering/meter.ts'
import type { Tracer } from '../tracing/tracer.ts'
import type { SchedulerStore } from '../store/scheduler-store.ts'

/** What the scheduler has of the world around it, and nothing else: a replica of the simulation has another. See docs/decisions/0021. */
export interface World {
  readonly store: SchedulerStore
  readonly clock: Clock
  readonly ids: Ids
  readonly logger: Logger
  readonly meter: Meter
  /** Undefined where no traces are told. */
  readonly tracer?: Tracer | undefined
}
