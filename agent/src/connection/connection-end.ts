import { closeCodes, refusalErrorCodes, suspendedErrorCode, unsupportedErrorCode } from '../protocol.ts'

/** Why a connection is over. */
export type ConnectionEnd =
  /** This agent closed it. */
  | { readonly kind: 'goodbye' }
  /** The token is not valid, or no longer. Trying again would not help. */
  | { readonly kind: 'refused'; readonly message: string }
  /** Another process works under this name. */
  | { readonly kind: 'superseded'; readonly message: string }
  /** This agent is set aside, until an admin lets it in again. */
  | { readonly kind: 'suspended'; readonly message: string }
  /** The server speaks another version of the protocol. */
  | { readonly kind: 'unsupported'; readonly message: string }
  /** Anything else: it may work the next time, also after codes that graphql-ws calls fatal. */
  | { readonly kind: 'lost'; readonly message: string }

/** Reads what graphql-ws gives a sink's `error`: a close event, an error event of the socket, GraphQL errors, or an Error. */
export function connectionEnd(cause: unknown): ConnectionEnd {
  if (Array.isArray(cause)) return fromGraphQLErrors(cause)
  if (!isObject(cause)) return { kind: 'lost', message: String(cause) }
  if ('code' in cause && 'reason' in cause) return fromClose(cause.code, cause.reason)
  return { kind: 'lost', message: messageOf(cause) }
}

function fromClose(code: unknown, reason: unknown): ConnectionEnd {
  const because = typeof reason === 'string' && reason !== '' ? reason : 'no reason given'
  switch (code) {
    case closeCodes.forbidden:
      return { kind: 'refused', message: because }
    case closeCodes.superseded:
      return { kind: 'superseded', message: because }
    case closeCodes.goingAway:
      return { kind: 'lost', message: 'the server is going away' }
    case 1006:
      return { kind: 'lost', message: 'the connection broke' }
    default:
      return { kind: 'lost', message: `the server closed the connection: ${because} (${String(code)})` }
  }
}

function fromGraphQLErrors(errors: readonly unknown[]): ConnectionEnd {
  const message = errors.map((error) => (isObject(error) ? messageOf(error) : String(error))).join('; ')
  const codes = errors.map((error) => isObject(error) && isObject(error.extensions) && error.extensions.code)
  if (codes.includes(suspendedErrorCode)) return { kind: 'suspended', message }
  if (codes.includes(unsupportedErrorCode)) return { kind: 'unsupported', message }
  const refused = codes.some((code) => refusalErrorCodes.includes(code))
  return refused ? { kind: 'refused', message } : { kind: 'lost', message: `the server opened no session: ${message}` }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Node reports a name with several addresses, such as localhost, as an AggregateError without a message. */
function messageOf(error: Record<string, unknown>): string {
  if (typeof error.message === 'string' && error.message !== '') return error.message
  const inner = isObject(error.error) ? error.error : error
  if (typeof inner.code === 'string') return inner.code
  return 'unknown error'
}
