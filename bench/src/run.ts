import { Ledger } from './load/ledger.ts'
import { CleanUp } from './processes/clean-up.ts'
import type { Measurement, Scale, Scenario, Workers } from './scenarios/scenario.ts'
import type { RunningSystem, System, Work } from './systems/system.ts'
import { Drawer } from './workload/draw.ts'

/** One figure of one system in one round. */
export interface Sample extends Measurement {
  readonly system: string
  readonly round: number
}

interface RunOptions {
  readonly systems: readonly System[]
  readonly scenarios: readonly Scenario[]
  readonly rounds: number
  readonly seed: number
  readonly scale: Scale
  readonly cleanUp: CleanUp
  readonly say: (line: string) => void
}

/** How long one scenario may take on one system before it counts as stuck. */
const scenarioTimeoutMs = 120_000

/** All systems in round 1, then all in round 2, and so on, since the speed of a machine drifts. Each starts anew in each round. */
export async function run(options: RunOptions): Promise<Sample[]> {
  const samples: Sample[] = []
  for (let round = 1; round <= options.rounds; round++)
    for (const system of options.systems)
      for (const measurement of await measure(system, round, options))
        samples.push({ ...measurement, system: system.name, round })
  return samples
}

async function measure(system: System, round: number, options: RunOptions): Promise<Measurement[]> {
  const { scenarios, seed, scale, cleanUp, say } = options
  const ledger = new Ledger()
  const drawer = new Drawer(seed + round)
  const running = await system.start(ledger, cleanUp)
  const workers = workersOf(running)
  const measurements: Measurement[] = []
  for (const scenario of scenarios) {
    const stuck = setTimeout(
      () => ledger.break(new Error(`${system.name} did not get through ${scenario.name}`)),
      scenarioTimeoutMs,
    )
    const started = performance.now()
    const bench = { system: running, ledger, drawer, workers, scale, now: () => performance.now() }
    const found = await scenario.run(bench)
    clearTimeout(stuck)
    measurements.push(...found)
    const seconds = ((performance.now() - started) / 1_000).toFixed(1)
    const figures = found
      .filter(({ kind }) => kind === 'primary')
      .map(({ metric, unit, value }) => `${metric} ${value.toPrecision(4)} ${unit}`)
    say(`round ${round}, ${system.name}, ${scenario.name} (${seconds} s): ${figures.join('; ')}`)
  }
  await cleanUp.run()
  return measurements
}

function workersOf(system: RunningSystem): Workers {
  let current: Work | null = null
  const stop = async () => {
    if (current !== null) await system.stopWorkers()
    current = null
  }
  return {
    stop,
    async use(work) {
      if (current?.slots === work.slots && current.durationMs === work.durationMs) return
      await stop()
      await system.startWorkers(work)
      current = work
    },
  }
}
