import { monotonicNow } from './clock.ts'
import type { Environment } from './env.ts'
import type { Readings } from './metering/catalogue.ts'
import { MemoryMeter } from './metering/memory-meter.ts'
import { silentMeter, type Meter } from './metering/meter.ts'
import { expositionType } from './monitoring/exposition.ts'
import { createMonitoring } from './monitoring/monitoring.ts'
import type { Database } from './store/database.ts'
import { createMonitoringHandler, type MonitoringHandler } from './transport/http/monitoring.ts'
import { version } from './version.ts'

export interface MonitorParts {
  /** For an autoscaler. */
  readonly scale: () => Promise<unknown>
  /** Each is asked at each scrape. */
  readonly sources: readonly (() => Readings)[]
}

/** The meter of a replica, and what tells what it has kept. */
export interface Monitor {
  readonly meter: Meter
  /** Null where nobody is to be told anything, and nothing is kept. */
  handler(parts: MonitorParts): MonitoringHandler | null
}

export function createMonitor({ METRICS_TOKEN: token, METRICS_PORT: port }: Environment): Monitor {
  if (token === undefined && port === undefined) return { meter: silentMeter, handler: () => null }
  const meter = new MemoryMeter(monotonicNow)
  const info = { replica_info: new Map([[version, 1]]) }
  return {
    meter,
    handler({ scale, sources }) {
      const { exposition } = createMonitoring({ meter, sources: [...sources, () => info] })
      return createMonitoringHandler({ exposition, expositionType, scale, token })
    },
  }
}

/** Of each lane of the database. */
export function readPools({ pool, clients, reads, searches }: Database): Readings {
  const lanes = Object.entries({ scheduler: pool, clients, reads, searches: searches.pool })
  return {
    database_connections: new Map(lanes.map(([name, { totalCount }]) => [name, totalCount])),
    database_connections_idle: new Map(lanes.map(([name, { idleCount }]) => [name, idleCount])),
    database_waiting: new Map(lanes.map(([name, { waitingCount }]) => [name, waitingCount])),
  }
}
