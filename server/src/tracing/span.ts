/** A stretch of time in a trace. */
export interface Span {
  readonly traceId: string
  readonly spanId: string
  readonly parentId: string | null
  readonly name: string
  /** `server` where somebody outside asked for it, `client` where somebody outside did it. */
  readonly kind: keyof typeof kinds
  /** Milliseconds since the Unix epoch. */
  readonly start: number
  readonly end: number
  readonly attributes: Attributes
  /** What went wrong; absent where nothing did. */
  readonly error?: string
}

const kinds = { internal: 1, server: 2, client: 3 } as const

/** As OTLP has them, in JSON without its brackets: written once for all spans that share them. */
export type Attributes = string

export const textAttribute = (key: string, value: string): Attributes =>
  `{"key":${JSON.stringify(key)},"value":{"stringValue":${JSON.stringify(value)}}}`

/** @param key one of this program's own, which has nothing to escape */
export const numberAttribute = (key: string, value: number): Attributes =>
  `{"key":"${key}","value":{"intValue":"${value}"}}`

/** The body of a request to a collector, OTLP/HTTP in JSON. Written as text: to make objects of it first takes three times as long. */
export const toOtlp = (spans: readonly Span[], resource: Readonly<Record<string, string>>): string =>
  `{"resourceSpans":[{"resource":{"attributes":[${Object.entries(resource)
    .map(([key, value]) => textAttribute(key, value))
    .join()}]},` + `"scopeSpans":[{"scope":{"name":"reckon"},"spans":[${spans.map(writeSpan).join()}]}]}]}`

// Names are this program's own and ids are hexadecimal: neither has anything to escape.
const writeSpan = ({ traceId, spanId, parentId, name, kind, start, end, attributes, error }: Span): string =>
  `{"traceId":"${traceId}","spanId":"${spanId}",${parentId === null ? '' : `"parentSpanId":"${parentId}",`}` +
  `"name":"${name}","kind":${kinds[kind]},"startTimeUnixNano":"${toNanoseconds(start)}",` +
  `"endTimeUnixNano":"${toNanoseconds(Math.max(start, end))}","attributes":[${attributes}]` +
  `${error === undefined ? '' : `,"status":{"code":2,"message":${JSON.stringify(error)}}`}}`

/** As a text: a number of this size is not exact in JSON. */
const toNanoseconds = (ms: number): string => `${Math.round(ms * 1_000)}000`
