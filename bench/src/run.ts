import { runClient } from './client/start.ts'
import type { Measurement, Scale } from './scenarios/scenario.ts'

/** One figure of one system in one round. */
export interface Sample extends Measurement {
  readonly system: string
  readonly scenario: string
  readonly round: number
}

/** What is asked of one system, which is something. */
export interface Asked {
  readonly system: string
  readonly scenarios: readonly string[]
}

export interface RunOptions {
  readonly asked: readonly Asked[]
  readonly rounds: number
  readonly seed: number
  readonly scale: Scale
  readonly stop: AbortSignal
  readonly say: (line: string) => void
}

export type RunOutcome =
  | { readonly kind: 'measured'; readonly samples: readonly Sample[] }
  /** A system broke or gave a wrong result: no figure of such a run is worth anything. */
  | { readonly kind: 'failed'; readonly system: string; readonly round: number }

/** All systems in round 1, then all in round 2, and so on, since the speed of a machine drifts. Each starts anew in each round. */
export async function run({ asked, rounds, stop, say, ...options }: RunOptions): Promise<RunOutcome> {
  const samples: Sample[] = []
  for (let round = 1; round <= rounds; round++)
    for (const { system, scenarios } of asked) {
      const errand = { system, scenarios, seed: options.seed + round, scale: options.scale }
      const outcome = await runClient(errand, stop, ({ scenario, seconds, measurements }) => {
        samples.push(...measurements.map((measurement) => ({ ...measurement, system, scenario, round })))
        say(`round ${round}, ${system}, ${scenario} (${seconds.toFixed(1)} s): ${summary(measurements)}`)
      })
      if (outcome === 'failed') return { kind: 'failed', system, round }
    }
  return { kind: 'measured', samples }
}

const summary = (measurements: readonly Measurement[]): string =>
  measurements
    .filter(({ kind }) => kind === 'primary')
    .map(({ metric, unit, value }) => `${metric} ${value.toPrecision(4)} ${unit}`)
    .join('; ')
