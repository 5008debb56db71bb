import { GraphQLError } from 'graphql'
import type { Logger } from 'pino'
import type { Ids } from '../ids.ts'

/**
 * What a client sees of an error: those that were meant for it as they are; of any other only an id, under which the log has the
 * rest. Yoga calls it once an error.
 */
export function errorMask({ logger, ids }: { readonly logger: Logger; readonly ids: Ids }) {
  return (error: unknown): Error => {
    if (isMeantForClient(error)) return error
    const id = ids.next()
    const { nodes, path } = error instanceof GraphQLError ? error : { nodes: null, path: null }
    logger.error({ err: originOf(error), path, errorId: id }, 'unforeseen error in an operation')
    return new GraphQLError(`Something went wrong on the server. Its log tells more under ${id}.`, {
      nodes: nodes ?? null,
      path: path ?? null,
      extensions: { code: 'INTERNAL_SERVER_ERROR', id, unexpected: true },
    })
  }
}

/** graphql-js wraps whatever a resolver throws; what is inside decides. */
function isMeantForClient(error: unknown): error is GraphQLError {
  return error instanceof GraphQLError && (error.originalError === undefined || isMeantForClient(error.originalError))
}

const originOf = (error: unknown): unknown =>
  error instanceof GraphQLError && error.originalError !== undefined ? originOf(error.originalError) : error
