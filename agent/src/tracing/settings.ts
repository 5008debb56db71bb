import * as z from 'zod'
import { version } from '../version.ts'

export interface TracingSettings {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly resource: Readonly<Record<string, string>>
}

export type TracingOutcome =
  /** Null where nobody is to be told anything, which is the default. */
  | { readonly kind: 'settings'; readonly settings: TracingSettings | null }
  | { readonly kind: 'invalid'; readonly problem: string }

const urlRule = 'must be an http or https address'
const url = z.url({ protocol: /^https?$/, error: urlRule })

/** Some of OpenTelemetry's own variables, under which the server knows them too. */
const schema = z.object({
  OTEL_EXPORTER_OTLP_ENDPOINT: url.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: url.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().default(''),
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: z.string().optional(),
  OTEL_EXPORTER_OTLP_TIMEOUT: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'must be a whole number of milliseconds from 1')
    .default('10000'),
  OTEL_SERVICE_NAME: z.string().optional(),
  OTEL_RESOURCE_ATTRIBUTES: z.string().default(''),
  OTEL_TRACES_EXPORTER: z.enum(['otlp', 'none'], { error: 'must be one of otlp, none' }).default('otlp'),
  OTEL_SDK_DISABLED: z.enum(['true', 'false'], { error: 'must be true or false' }).default('false'),
})

/** @param agentName by which a collector tells agents apart */
export function readTracing(environment: NodeJS.ProcessEnv, agentName: string): TracingOutcome {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const read = schema.safeParse(given)
  if (!read.success) {
    const problems = read.error.issues.map(({ path, message }) => `${String(path[0])} ${message}`)
    return { kind: 'invalid', problem: problems.join('; ') }
  }
  const { OTEL_EXPORTER_OTLP_ENDPOINT: base, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: own, ...told } = read.data
  const isOff = told.OTEL_SDK_DISABLED === 'true' || told.OTEL_TRACES_EXPORTER === 'none'
  const url = own ?? (base && `${base.replace(/\/$/, '')}/v1/traces`)
  if (isOff || url === undefined) return { kind: 'settings', settings: null }
  const attributes = readPairs(told.OTEL_RESOURCE_ATTRIBUTES)
  const name = told.OTEL_SERVICE_NAME ?? attributes['service.name'] ?? 'reckon-agent'
  const settings = {
    url,
    headers: readPairs(told.OTEL_EXPORTER_OTLP_TRACES_HEADERS ?? told.OTEL_EXPORTER_OTLP_HEADERS),
    timeoutMs: Number(told.OTEL_EXPORTER_OTLP_TIMEOUT),
    resource: {
      ...{ 'service.version': version, 'service.instance.id': agentName },
      ...{ ...attributes, 'service.name': name },
    },
  }
  return { kind: 'settings', settings }
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
