import type { Environment } from '../env.ts'
import { version } from '../version.ts'
import { createSampler, type Sampler } from './sampler.ts'

export interface TracingSettings {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly resource: Readonly<Record<string, string>>
  readonly sampler: Sampler
  /** Of an expression those with an index below this are told of. */
  readonly tasks: number
}

/** What OpenTelemetry's own variables say; null where nobody is to be told anything, which is the default. */
export function tracingSettings(environment: Environment): TracingSettings | null {
  const url = urlOf(environment)
  if (environment.OTEL_SDK_DISABLED || environment.OTEL_TRACES_EXPORTER === 'none' || url === null) return null
  const headers = environment.OTEL_EXPORTER_OTLP_TRACES_HEADERS ?? environment.OTEL_EXPORTER_OTLP_HEADERS ?? ''
  const given = readPairs(environment.OTEL_RESOURCE_ATTRIBUTES)
  const name = environment.OTEL_SERVICE_NAME ?? given['service.name'] ?? 'reckon'
  return {
    url,
    headers: readPairs(headers),
    timeoutMs: environment.OTEL_EXPORTER_OTLP_TIMEOUT,
    resource: { 'service.version': version, ...given, 'service.name': name },
    sampler: createSampler(environment.OTEL_TRACES_SAMPLER, environment.OTEL_TRACES_SAMPLER_ARG),
    tasks: environment.RECKON_TRACED_TASKS,
  }
}

function urlOf({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: own, OTEL_EXPORTER_OTLP_ENDPOINT: base }: Environment) {
  if (own !== undefined) return own
  return base === undefined ? null : `${base.replace(/\/$/, '')}/v1/traces`
}

/** `key=value,key=value`, each percent-encoded. */
function readPairs(text: string): Record<string, string> {
  const pairs = text.split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])
  return Object.fromEntries(
    pairs.filter(([key]) => key?.trim()).map(([key = '', value = '']) => [key.trim(), decoded(value.trim())]),
  )
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
