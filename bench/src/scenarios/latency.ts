import { quantile } from '../report/statistics.ts'
import { balancedTree, chain, type Shape } from '../workload/shapes.ts'
import type { Bench, Measurement, Scenario } from './scenario.ts'
import { timeOf } from './warm-up.ts'

const chainLength = 50

/** What is asked one at a time, each for a part of the time. */
const kinds: readonly { readonly name: string; readonly shape: Shape }[] = [
  { name: 'one operation', shape: chain(1) },
  { name: `chain of ${chainLength}`, shape: chain(chainLength) },
  { name: 'balanced tree of 63', shape: balancedTree(63) },
]

/** So many at least, however slow. */
const fewestSamples = 3
const mostSamples = 200

/** One expression at a time on a system that has nothing else to do. */
export const latency: Scenario = {
  name: 'latency',
  description:
    'One expression at a time on an otherwise idle system, operations of 0 ms, from the submission to the result known at the client.',
  async run(bench) {
    await bench.workers.use({ slots: 'many', durationMs: 0 })
    const measurements: Measurement[] = []
    for (const { name, shape } of kinds) {
      await sample(bench, shape, bench.scale.warmUpMs / 2)
      const times = await sample(bench, shape, bench.scale.measureMs / 2)
      const p50 = quantile(times, 0.5)
      const measured = (metric: string, value: number) =>
        measurements.push({ metric, unit: 'ms', value, kind: 'primary' })
      measured(`latency p50, ${name}`, p50)
      measured(`latency p99, ${name}`, quantile(times, 0.99))
      if (shape === kinds[1]?.shape)
        measured('overhead an operation on the critical path (chain p50 / 50)', p50 / chainLength)
    }
    return measurements
  },
}

async function sample(bench: Bench, shape: Shape, ms: number): Promise<number[]> {
  const end = bench.now() + ms
  const times: number[] = []
  while (times.length < fewestSamples || (bench.now() < end && times.length < mostSamples))
    times.push(await timeOf(bench, bench.drawer.draw(1, shape)))
  return times
}
