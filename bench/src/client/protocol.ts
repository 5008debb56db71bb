import type { Measurement, Scale } from '../scenarios/scenario.ts'

/** What a client process is to do, on its command line. */
export interface Errand {
  readonly system: string
  readonly scenarios: readonly string[]
  readonly seed: number
  readonly scale: Scale
}

/** What it sends when a scenario is through. */
export interface Measured {
  readonly scenario: string
  readonly seconds: number
  readonly measurements: readonly Measurement[]
}
