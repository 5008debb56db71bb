import { setTimeout as delay } from 'node:timers/promises'
import { submitAll } from '../load/submit.ts'
import { measureUsage, type Usage } from '../load/usage.ts'
import { quantile } from '../report/statistics.ts'
import { offered } from '../systems/offers.ts'
import type { Shown, Watching } from '../systems/watching.ts'
import { randomTree } from '../workload/shapes.ts'
import type { Bench, Measurement, Scenario } from './scenario.ts'

const operations = 1_000
const slots = 20
const few = 10
const many = 1_000

/** A second on average. They have no common measure, so that operations which begin together end one by one after a while. */
const durations = { '+': 631, '-': 977, '*': 1_373 }

/** One expression, from its submission to its end, before the eyes of few and then of many. */
export const watching: Scenario = {
  name: 'watching',
  description: `An expression of ${operations} operations of about a second each on ${slots} slots, its tasks watched by ${few} and then by ${many} subscribers (steady); at last the rest of it in operations of 0 ms (burst). Each subscriber has a socket and an address of its own, as behind a proxy: a server takes 1000 sockets of one address and no limit is raised. Delays are from a result on its way into the log, so with the wait for the disk, to each subscriber, who must all be shown every end. A payload is a message to one of them; what one costs the server is the difference of its CPU between ${many} and ${few}, over that of the payloads, so with its share of pings.`,
  needs: 'watching',
  async run(bench) {
    const { system, ledger, workers, drawer, scale, now } = bench
    const those = offered(system, 'watching')
    const expression = drawer.drawOne(randomTree(operations))
    const steady = async (settleMs: number) => {
      await workers.use({ slots, durationMs: 1_000 })
      await those.setDurations(durations)
      await ledger.orBroken(delay(settleMs))
      const observed = await observe(bench, those, () => ledger.orBroken(delay(2 * scale.measureMs)))
      await workers.stop()
      return observed
    }
    await workers.stop()
    const ended = ledger.expect([expression])
    await ledger.orBroken(submitAll(system, [expression]))
    await those.watch(expression, few)
    const withFew = await steady(scale.warmUpMs)
    let openingMs = 0
    const opening = await measureUsage(system, async () => {
      const start = now()
      await those.watch(expression, many)
      openingMs = now() - start
    })
    // After a rest a server gives a second to those who watch before it holds back: that is to be over.
    const withMany = await steady(3 * scale.warmUpMs)
    const rest = await observe(bench, those, async () => {
      await workers.use({ slots: 'many', durationMs: 0 })
      await ended
    })
    await those.stop()
    return [
      { metric: `snapshots, ${many - few} more subscribers`, unit: 'ms', value: openingMs, kind: 'primary' },
      ...delays(`${few} subscribers, steady`, withFew),
      ...delays(`${many} subscribers, steady`, withMany),
      ...delays(`${many} subscribers, burst`, rest),
      ...costOfOneMore(withFew, withMany),
      ...peakOfServer([opening, withMany.usage, rest.usage]),
    ]
  },
}

interface Observed {
  readonly shown: Shown
  readonly usage: Usage
  readonly seconds: number
}

async function observe({ system, now }: Bench, those: Watching, work: () => Promise<void>): Promise<Observed> {
  await those.begin()
  const start = now()
  const usage = await measureUsage(system, work)
  const seconds = (now() - start) / 1_000
  return { shown: await those.report(), usage, seconds }
}

const delays = (name: string, { shown }: Observed): Measurement[] => [
  { metric: `result to client p50, ${name}`, unit: 'ms', value: quantile(shown.delaysMs, 0.5), kind: 'primary' },
  { metric: `result to client p99, ${name}`, unit: 'ms', value: quantile(shown.delaysMs, 0.99), kind: 'primary' },
  { metric: `event loop delay of subscribers p99, ${name}`, unit: 'ms', value: shown.clientDelayMs, kind: 'resource' },
]

/** Nothing where this system does not tell of processes. */
function costOfOneMore(withFew: Observed, withMany: Observed): Measurement[] {
  const rates = [withFew, withMany].map(({ shown, usage, seconds }) => ({
    payloads: shown.payloads / seconds,
    cpu: ((usage.cpuSeconds?.get('server') ?? NaN) * 1e6) / seconds,
  }))
  const [before, after] = rates
  if (before === undefined || after === undefined || Number.isNaN(after.cpu)) return []
  const cpu = after.cpu - before.cpu
  const each = cpu / (after.payloads - before.payloads)
  const kind = 'resource'
  return [
    { metric: `CPU of server, ${many - few} more subscribers, of a core`, unit: '%', value: cpu / 1e4, kind },
    { metric: 'CPU of server, one more subscriber', unit: 'µs/payload', value: each, kind },
    { metric: `payloads, ${many} subscribers, steady`, unit: 'payloads/s', value: after.payloads, kind },
  ]
}

function peakOfServer(usages: readonly Usage[]): Measurement[] {
  const bytes = Math.max(...usages.map(({ peakBytes }) => peakBytes?.get('server') ?? NaN))
  if (Number.isNaN(bytes)) return []
  return [{ metric: `peak RSS of server, ${many} subscribers`, unit: 'MiB', value: bytes / 2 ** 20, kind: 'resource' }]
}
