import type { Logger } from 'pino'
import type { Pool } from 'pg'
import type { Clock } from './clock.ts'
import { waitAtMost } from './clock.ts'
import type { Environment } from './env.ts'
import { Batcher } from './store/batcher.ts'
import { findTraces, keepTraces, type NewTrace } from './store/expressions/traces.ts'
import { Exporter } from './tracing/exporter.ts'
import { tracingSettings } from './tracing/settings.ts'
import { Tracer } from './tracing/tracer.ts'

interface TracingParts {
  readonly environment: Environment
  readonly clock: Clock
  readonly logger: Logger
  readonly pool: Pool
}

export interface Tracing {
  /** Undefined where nobody is to be told anything: nothing is made, counted or asked then. */
  readonly tracer: Tracer | undefined
  stop(): Promise<void>
}

/** A collector that does not answer keeps no server from stopping. */
const stopMs = 2_000

export function createTracing({ environment, clock, logger, pool }: TracingParts): Tracing {
  const settings = tracingSettings(environment)
  if (settings === null) return { tracer: undefined, stop: () => Promise.resolve() }
  const exporter = new Exporter({ settings, clock, logger })
  const keeping = new Batcher<NewTrace, undefined>(async (traces) => {
    await keepTraces(pool, traces)
    return traces.map(() => undefined)
  })
  const keep = (expressionId: string, traceparent: string) => {
    keeping
      .add({ expressionId, traceparent })
      .catch((error: unknown) => logger.warn({ err: error, expression: expressionId }, 'could not keep a trace'))
  }
  const find = (ids: readonly string[]) => findTraces(pool, ids)
  const tracer = new Tracer({
    settings,
    clock,
    add: (span) => exporter.add(span),
    hasRoom: (what) => exporter.hasRoom(what),
    contexts: { keep, find },
  })
  return { tracer, stop: () => waitAtMost(clock, stopMs, exporter.flush()) }
}
