import type { Logger } from 'pino'
import type { Clock } from './clock.ts'
import type { Computer } from './compute/operation.ts'
import type { Tracer } from './tracing/tracer.ts'

/** What the world gives, and tests give instead. */
export interface Dependencies {
  readonly clock: Clock
  /** Uniform in [0, 1), for jitter. */
  readonly random: () => number
  readonly log: Logger
  /** For the arithmetic that would keep the socket waiting. */
  readonly computer: Computer
  /** Undefined where no collector is to be told what is computed: the server is asked for no context then. */
  readonly tracer?: Tracer | undefined
}
