import { countTasks } from '../workload/expression.ts'
import { randomTree } from '../workload/shapes.ts'
import type { Scenario } from './scenario.ts'
import { timeOf, warmUp } from './warm-up.ts'

const slots = 20
const durationMs = 10
const treeSize = 50

/** With fewer, the ends of the last trees, when there is not enough to do for all slots, would count too much. */
const fewestTrees = 30

/** How much of the slots' time goes into operations that take time. */
export const efficiency: Scenario = {
  name: 'efficiency',
  description: `Random trees of ${treeSize} operations of ${durationMs} ms on ${slots} slots in two worker processes: operations × ${durationMs} ms / ${slots}, over the time that it took.`,
  async run(bench) {
    const shape = randomTree(treeSize)
    await bench.workers.use({ slots, durationMs })
    const rate = await warmUp(bench, shape)
    const trees = Math.round((rate * bench.scale.measureMs) / 1_000 / treeSize)
    const expressions = bench.drawer.draw(Math.max(fewestTrees, trees), shape)
    const idealMs = (countTasks(expressions) * durationMs) / slots
    const elapsedMs = await timeOf(bench, expressions)
    return [{ metric: 'efficiency, 10 ms on 20 slots', unit: '%', value: (100 * idealMs) / elapsedMs, kind: 'primary' }]
  },
}
