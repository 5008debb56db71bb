/** Of W3C Trace Context: which trace something belongs to, below which of its spans, and whether it is kept. */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  readonly traceId: string
  /** 16 hexadecimal digits. */
  readonly spanId: string
  readonly isSampled: boolean
}

const form = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})(?=$|-)/

/** What a header or a message names; null where it is none, which is then as if there was none. */
export function readTraceparent(given: unknown): TraceContext | null {
  if (typeof given !== 'string' || given.length > 200) return null
  const [, traceId, spanId, flags] = form.exec(given.trim()) ?? []
  if (traceId === undefined || spanId === undefined || flags === undefined) return null
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 }
}

export const writeTraceparent = ({ traceId, spanId, isSampled }: TraceContext): string =>
  `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`

/** An expression's id is a UUID, which has as many digits as the id of a trace: any replica knows it without asking. */
export const traceIdOf = (expressionId: string): string => expressionId.replaceAll('-', '')

/** Of what spans tell; each its own last digit of their ids. */
const parts = { expression: 1, submit: 2, plan: 3, retry: 4, task: 5, place: 6, compute: 7, append: 8, announce: 9 }
export type Part = keyof typeof parts

/** Digits between those of the expression and that of the part. */
const numberDigits = 7

/**
 * The same, whoever tells it. Its beginning tells expressions apart that a client has in one trace: these digits of a UUID are random. It is put
 * together and not hashed, which took as long as all the rest of a span.
 *
 * @param number of several in an expression; of each 2^28 some share an id
 */
export const spanIdOf = (expressionId: string, part: Part, number = 0): string =>
  `${expressionId.slice(-8)}${(number % 16 ** numberDigits).toString(16).padStart(numberDigits, '0')}${parts[part]}`

/** Of so many attempts at one task each has its own number, as has each of 65 536 tasks. */
const mostAttempts = 4_096

export const attemptNumber = ({ task, attempt }: { readonly task: number; readonly attempt: number }): number =>
  task * mostAttempts + (attempt % mostAttempts)
