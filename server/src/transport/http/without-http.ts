import { GraphQLError, type ExecutionResult } from 'graphql'
import type { Context } from '../../schema/context.ts'

/** Errors say which status they would have over HTTP; over a socket that is nobody's business. */
export function withoutHttp(result: ExecutionResult, { connection }: Pick<Context, 'connection'>): ExecutionResult {
  return connection === null || !result.errors ? result : { ...result, errors: result.errors.map(errorWithoutHttp) }
}

export function errorWithoutHttp(error: GraphQLError): GraphQLError {
  const { http, ...extensions } = error.extensions
  if (http === undefined) return error
  const { message, nodes = null, source = null, positions = null, path = null, originalError } = error
  return new GraphQLError(message, { nodes, source, positions, path, originalError: originalError ?? null, extensions })
}
