import { Ledger } from './load/ledger.ts'
import type { CleanUp } from './processes/clean-up.ts'
import type { Measurement, Scale, Scenario, Workers } from './scenarios/scenario.ts'
import { warmUp } from './scenarios/warm-up.ts'
import type { RunningSystem, System, Work } from './systems/system.ts'
import { Drawer } from './workload/draw.ts'
import { randomTree } from './workload/shapes.ts'

interface MeasureOptions {
  readonly system: System
  readonly scenarios: readonly Scenario[]
  readonly seed: number
  readonly scale: Scale
  readonly cleanUp: CleanUp
  /** Told what each scenario found, as soon as it has. */
  readonly onMeasured: (scenario: Scenario, seconds: number, measurements: readonly Measurement[]) => void
}

/** How long one scenario may take before the system counts as stuck. */
const scenarioTimeoutMs = 120_000

/** Starts one system and asks it all scenarios, one after the other. What it started is ended by `cleanUp`. */
export async function measure({ system, scenarios, seed, scale, cleanUp, onMeasured }: MeasureOptions): Promise<void> {
  const ledger = new Ledger()
  const drawer = new Drawer(seed)
  const running = await system.start(ledger, cleanUp)
  const workers = workersOf(running)
  const now = () => performance.now()
  const bench = { system: running, ledger, drawer, workers, scale, now }
  await workers.use({ slots: 'many', durationMs: 0 })
  await warmUp(bench, randomTree(10), scale.firstWarmUpMs)
  for (const scenario of scenarios) {
    const stuck = setTimeout(() => ledger.break(new Error(`${scenario.name} did not end`)), scenarioTimeoutMs)
    const start = now()
    const found = await scenario.run(bench)
    clearTimeout(stuck)
    onMeasured(scenario, (now() - start) / 1_000, found)
  }
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
