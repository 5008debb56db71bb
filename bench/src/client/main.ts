import process from 'node:process'
import { measure } from '../measure.ts'
import { CleanUp } from '../processes/clean-up.ts'
import { scenarios } from '../scenarios/all.ts'
import { systems } from '../systems/all.ts'
import type { Errand, Measured } from './protocol.ts'

// One client of one system for one round: a process of its own, so that none inherits the memory or the compiled code of another. It starts
// what it measures, and ends it whatever happens: the work done, a failure, a signal, or the benchmark itself gone.
const errand = JSON.parse(process.argv[2] ?? '') as Errand
const cleanUp = new CleanUp()
let leaving: Promise<never> | null = null

process.once('SIGTERM', () => void leave(143))
process.once('disconnect', () => void leave(1))
await leave(await run())

/** @returns the exit code */
async function run(): Promise<number> {
  const system = systems.find(({ name }) => name === errand.system)
  if (system === undefined) throw new Error(`there is no ${errand.system}`)
  try {
    await measure({
      ...errand,
      system,
      scenarios: scenarios.filter(({ name }) => errand.scenarios.includes(name)),
      cleanUp,
      onMeasured(scenario, seconds, measurements) {
        process.send?.({ scenario: scenario.name, seconds, measurements } satisfies Measured)
      },
    })
    return 0
  } catch (error) {
    // What fails because all is being stopped is no news.
    if (leaving === null) complain(error)
    return 1
  }
}

function leave(code: number): Promise<never> {
  leaving ??= cleanUp.run().then(
    () => process.exit(code),
    (error: unknown) => {
      complain(error)
      process.exit(code || 1)
    },
  )
  return leaving
}

function complain(error: unknown): void {
  process.stderr.write(`${errand.system}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
}
