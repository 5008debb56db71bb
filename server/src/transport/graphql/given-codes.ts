import { GraphQLError } from 'graphql'
import type { ErrorCode } from '../../domain/error-codes/error-codes.ts'

/**
 * Libraries make errors too, and some have no code. Of those with a path what is unforeseen was
 * masked before, and has one: it is an argument that is not as its type is written.
 */
function codeFor({ message, path }: GraphQLError): ErrorCode {
  if (message.startsWith('Syntax Error')) return 'GRAPHQL_PARSE_FAILED'
  if (/^(Must provide|Unknown operation)/.test(message)) return 'OPERATION_RESOLUTION_FAILURE'
  return path === undefined ? 'BAD_REQUEST' : 'INVALID_INPUT'
}

/** The error, with a code in any case. */
export function withCode(error: GraphQLError, code: ErrorCode = codeFor(error)): GraphQLError {
  if (typeof error.extensions['code'] === 'string') return error
  const { message, nodes = null, source = null, positions = null, path = null, originalError, extensions } = error
  const known = { nodes, source, positions, path, originalError: originalError ?? null }
  return new GraphQLError(message, { ...known, extensions: { ...extensions, code } })
}
