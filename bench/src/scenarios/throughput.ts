import { measureUsage, type Usage } from '../load/usage.ts'
import { countTasks } from '../workload/expression.ts'
import { randomTree } from '../workload/shapes.ts'
import type { Measurement, Scenario } from './scenario.ts'
import { timeOf, warmUp } from './warm-up.ts'

/** Operations that take no time of their own, as many as the system can do. */
export const throughput = (operations: number): Scenario => ({
  name: `throughput-${operations}`,
  description: `Random trees of ${operations} operations of 0 ms, from the first submission to the last result known at the client, at most 64 expressions in unanswered submissions.`,
  async run(bench) {
    const shape = randomTree(operations)
    await bench.workers.use({ slots: 'many', durationMs: 0 })
    const rate = await warmUp(bench, shape)
    const count = Math.max(16, Math.round((rate * bench.scale.measureMs) / 1_000 / operations))
    const expressions = bench.drawer.draw(count, shape)
    let elapsedMs = 0
    const usage = await measureUsage(bench.system, async () => {
      elapsedMs = await timeOf(bench, expressions)
    })
    const total = countTasks(expressions)
    const metric = `trees of ${operations}`
    return [
      { metric: `throughput, ${metric}`, unit: 'operations/s', value: total / (elapsedMs / 1_000), kind: 'primary' },
      ...resources(metric, usage, total),
    ]
  },
})

function resources(metric: string, { cpuSeconds, peakBytes, logBytes }: Usage, total: number): Measurement[] {
  const kind = 'resource'
  const log = { metric: `WAL or AOF, ${metric}`, unit: 'bytes/operation', value: logBytes / total, kind } as const
  if (cpuSeconds === null || peakBytes === null) return [log]
  const perOperation = (name: string, seconds: number): Measurement => ({
    metric: `CPU of ${name}, ${metric}`,
    unit: 'µs/operation',
    value: (seconds * 1e6) / total,
    kind,
  })
  return [
    perOperation(
      'all',
      [...cpuSeconds.values()].reduce((sum, seconds) => sum + seconds, 0),
    ),
    ...[...cpuSeconds].map(([role, seconds]) => perOperation(role, seconds)),
    log,
    ...[...peakBytes].map(([role, bytes]): Measurement => ({
      metric: `peak RSS of ${role}, ${metric}`,
      unit: 'MiB',
      value: bytes / 2 ** 20,
      kind,
    })),
  ]
}
