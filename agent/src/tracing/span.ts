/** A task that was computed, in the trace of its expression. */
export interface Span {
  readonly traceId: string
  readonly spanId: string
  readonly parentId: string
  /** Milliseconds since the Unix epoch. */
  readonly start: number
  readonly end: number
  readonly operation: string
  /** Of a result that is none: the code of what went wrong. */
  readonly error?: string | undefined
}

/** Of OTLP's kinds: this was done for somebody elsewhere. */
const serverKind = 2
const errorCode = 2

/** The body of a request to a collector, OTLP/HTTP in JSON. */
export const toOtlp = (spans: readonly Span[], resource: Readonly<Record<string, string>>): string =>
  JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: Object.entries(resource).map(([key, value]) => attribute(key, value)) },
        scopeSpans: [{ scope: { name: 'reckon-agent' }, spans: spans.map(toOtlpSpan) }],
      },
    ],
  })

const toOtlpSpan = ({ traceId, spanId, parentId, start, end, operation, error }: Span) => ({
  traceId,
  spanId,
  parentSpanId: parentId,
  name: 'compute',
  kind: serverKind,
  startTimeUnixNano: toNanoseconds(start),
  endTimeUnixNano: toNanoseconds(end),
  attributes: [attribute('reckon.operation', operation)],
  ...(error !== undefined && { status: { code: errorCode, message: error } }),
})

const attribute = (key: string, value: string) => ({ key, value: { stringValue: value } })

/** As a text: a number of this size is not exact in JSON. */
const toNanoseconds = (ms: number): string => `${Math.round(ms * 1_000)}000`
