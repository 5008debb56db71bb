import { submitAll } from '../load/submit.ts'
import { randomTree } from '../workload/shapes.ts'
import type { Scenario } from './scenario.ts'

const treeSize = 50

/** What is done before the measuring begins, and at most while it goes on. */
const warmUpOperations = 2_000
const measuredOperations = 20_000

/**
 * How fast a system works while very much waits: so many operations, and those that are to be done, are submitted while no worker runs.
 * What is measured begins when the first few are done and ends before the backlog has shrunk below its size.
 */
export const backlog = (operations: number): Scenario => ({
  name: `backlog-${operations / 1_000}k`,
  description: `Random trees of ${treeSize}, submitted while no worker runs; then the rate of operations done, by the ends known at the client, while at least ${operations} others wait.`,
  async run(bench) {
    const { system, ledger, workers, scale, now } = bench
    await workers.stop()
    const total = operations + warmUpOperations + measuredOperations
    const expressions = bench.drawer.draw(Math.ceil(total / treeSize), randomTree(treeSize))
    void ledger.expect(expressions)
    await submitAll(system, expressions)
    await system.tidyUp()
    await workers.use({ slots: 'many', durationMs: 0 })
    await ledger.reached(ledger.operations + warmUpOperations)
    const before = ledger.operations
    const start = now()
    await atMost(scale.measureMs, ledger.reached(before + measuredOperations))
    const rate = (ledger.operations - before) / ((now() - start) / 1_000)
    const metric = `drain with ${operations / 1_000} 000 waiting`
    return [{ metric, unit: 'operations/s', value: rate, kind: 'primary' }]
  },
})

async function atMost(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)))
  await Promise.race([work, timeout])
  clearTimeout(timer)
}
