import type { Refusal } from './api.ts'

/** With these the server closes a socket whose token is not good, or no longer. */
const refusedCodes: readonly unknown[] = [4403, 4401]
/** Of errors that another try may not meet. */
const passingCodes: readonly unknown[] = ['SERVICE_UNAVAILABLE', 'RATE_LIMITED', 'INTERNAL_SERVER_ERROR']

/** Reads what graphql-ws gives a sink's `error`: a close event, an error event of the socket, errors of GraphQL, or an Error. */
export function readLoss(cause: unknown): Refusal | { readonly kind: 'lost'; readonly message: string } {
  if (Array.isArray(cause)) return readErrors(cause as readonly unknown[])
  if (!isObject(cause)) return { kind: 'lost', message: String(cause) }
  if ('code' in cause && 'reason' in cause && typeof cause['code'] === 'number')
    return readClose(cause['code'], String(cause['reason']))
  return { kind: 'lost', message: messageOf(cause) }
}

function readErrors(errors: readonly unknown[]): Refusal | { readonly kind: 'lost'; readonly message: string } {
  const first = errors.find(isObject)
  const message = String(first?.['message'] ?? 'The server refuses this.')
  const code = isObject(first?.['extensions']) ? first['extensions']['code'] : undefined
  return passingCodes.includes(code)
    ? { kind: 'lost', message }
    : { kind: 'refused', code: String(code ?? 'UNKNOWN'), message }
}

function readClose(code: number, reason: string): Refusal | { readonly kind: 'lost'; readonly message: string } {
  if (refusedCodes.includes(code))
    return { kind: 'refused', code: 'UNAUTHENTICATED', message: 'The token is not valid, or no longer.' }
  if (code === 4410) return { kind: 'lost', message: 'the server is going away' }
  return { kind: 'lost', message: code === 1006 ? 'the connection broke' : `${reason || 'closed'} (${code})` }
}

/** Node reports a name with several addresses, such as localhost, as an AggregateError without a message. */
function messageOf(error: Record<string, unknown>): string {
  if (typeof error['message'] === 'string' && error['message'] !== '') return error['message']
  const inner = isObject(error['error']) ? error['error'] : error
  return typeof inner['code'] === 'string' ? inner['code'] : 'the connection broke'
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
