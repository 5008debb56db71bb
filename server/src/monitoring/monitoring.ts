import { collectDefaultMetrics, Registry } from 'prom-client'
import type { Readings } from '../metering/catalogue.ts'
import type { MemoryMeter } from '../metering/memory-meter.ts'
import { expose } from './exposition.ts'

/** What a replica tells those who watch over it. */
export interface Monitoring {
  /** For Prometheus. */
  exposition(): Promise<string>
}

export interface MonitoringOptions {
  readonly meter: MemoryMeter
  /** Each is asked at each scrape. */
  readonly sources: readonly (() => Readings)[]
}

/** Gauges that are named like counters, which promtool objects to; those without the ending tell the same by kind. */
const misnamed = ['handles', 'requests', 'resources'].map((what) => `nodejs_active_${what}_total`)

/** The figures of this project, and of Node and the process those that prom-client collects. */
export function createMonitoring({ meter, sources }: MonitoringOptions): Monitoring {
  const register = new Registry()
  collectDefaultMetrics({ register })
  for (const name of misnamed) register.removeSingleMetric(name)
  let pending: Promise<string> | null = null

  async function make(): Promise<string> {
    const ofProcess = await register.metrics()
    return (
      expose(
        meter,
        sources.map((read) => read()),
      ) + ofProcess
    )
  }

  return {
    // Scrapes at the same time share what is made: many who ask cost no more than one.
    exposition: () => (pending ??= make().finally(() => (pending = null))),
  }
}
