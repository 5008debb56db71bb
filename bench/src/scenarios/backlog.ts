import { setTimeout as delay } from 'node:timers/promises'
import { submitAll } from '../load/submit.ts'
import type { RunningSystem, Work } from '../systems/system.ts'
import { randomTree } from '../workload/shapes.ts'
import type { Bench, Scenario } from './scenario.ts'
import { warmUp } from './warm-up.ts'

const treeSize = 50

/** Workers are new in each measurement: they get this time to come to their pace, and then so much more. */
const settleMs = 1_000
const windowMs = 1_500
/** How much faster than in the warm-up, which submits meanwhile, a system may be without running out of its backlog. */
const margin = 3

/**
 * How fast a system works while very much waits: so many operations and a reserve are submitted while no worker runs; then the operations
 * are counted that are done in a stretch of time in which no less waits. Operations and not expressions, since a queue that serves who came
 * first ends none before it has begun all.
 */
export const backlog = (operations: number): Scenario => ({
  name: `backlog-${operations / 1_000}k`,
  description: `Random trees of ${treeSize} submitted while no worker runs; then the operations done a second, over ${windowMs / 1_000} s, while at least ${operations} others wait.`,
  async run(bench) {
    const { system, ledger, workers, now } = bench
    const work = { slots: 'many', durationMs: 0 } as const
    const reserve = (await rateOf(bench, work)) * ((settleMs + windowMs) / 1_000) * margin
    await workers.stop()
    await fill(bench, operations + reserve)
    await workers.use(work)
    await ledger.orBroken(delay(settleMs))
    const start = now()
    const before = await system.operationsDone()
    await ledger.orBroken(delay(windowMs))
    const end = now()
    const after = await system.operationsDone()
    const metric = `drain with ${operations / 1_000} 000 waiting`
    if (ledger.expected - after < operations) throw new Error(`${metric}: less waited at the end`)
    return [{ metric, unit: 'operations/s', value: (after - before) / ((end - start) / 1_000), kind: 'primary' }]
  },
})

/** Known from the first of these scenarios on: what waits when the next begins would be done first, and tell of a slow system. */
const rates = new WeakMap<RunningSystem, number>()

/** Operations a second of the warm-up. */
async function rateOf(bench: Bench, work: Work): Promise<number> {
  const { system, workers } = bench
  const known = rates.get(system)
  if (known !== undefined) return known
  await workers.use(work)
  const rate = await warmUp(bench, randomTree(treeSize))
  rates.set(system, rate)
  return rate
}

/** Submits what lacks until so many operations wait. */
async function fill({ system, ledger, drawer }: Bench, operations: number): Promise<void> {
  const lacking = operations - (ledger.expected - (await system.operationsDone()))
  const expressions = drawer.draw(Math.max(0, Math.ceil(lacking / treeSize)), randomTree(treeSize))
  void ledger.expect(expressions)
  await ledger.orBroken(submitAll(system, expressions))
}
