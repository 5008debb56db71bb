import type { Logger } from 'pino'
import type { Clock } from './clock.ts'
import type { Computer } from './compute/operation.ts'

/** What the world gives, and tests give instead. */
export interface Dependencies {
  readonly clock: Clock
  /** Uniform in [0, 1), for jitter. */
  readonly random: () => number
  readonly log: Logger
  /** For the arithmetic that would keep the socket waiting. */
  readonly computer: Computer
}
