import { GraphQLError } from 'graphql'
import { databaseTroubleOf } from '../../store/database-trouble.ts'
import type { Services } from '../../use-cases/services.ts'
import { serviceUnavailable } from '../http/service-unavailable.ts'
import { requestOf } from './errors-of-requests.ts'
import { TroubleLog } from '../trouble-log.ts'
import type { ErrorCode } from '../../domain/error-codes/error-codes.ts'

/**
 * What a client sees of an error: those that were meant for it as they are; of a database that is away, that it is, and when to try
 * again; of any other only an id, under which the log has the rest. Yoga calls it once an error.
 */
export function errorMask(services: Pick<Services, 'logger' | 'ids' | 'clock' | 'meter'>) {
  const { logger, ids, meter } = services
  const troubles = new TroubleLog(services)
  return (error: unknown): Error => {
    const masked = mask(error)
    meter.count('graphql_yoga_errors_total', codeOf(masked))
    return masked
  }

  function mask(error: unknown): GraphQLError {
    if (isMeantForClient(error)) return error
    const { nodes = null, path = null } = error instanceof GraphQLError ? error : {}
    const origin = originOf(error)
    const trouble = databaseTroubleOf(origin)
    if (trouble !== null) {
      troubles.note(trouble, origin)
      return serviceUnavailable(trouble, { nodes, path })
    }
    const id = ids.next()
    logger.error({ err: origin, path, errorId: id, requestId: requestOf(error) }, 'unforeseen error in an operation')
    return new GraphQLError(`Something went wrong on the server. Its log tells more under ${id}.`, {
      nodes,
      path,
      extensions: { code: internal, id, unexpected: true },
    })
  }
}

const internal: ErrorCode = 'INTERNAL_SERVER_ERROR'

const codeOf = ({ extensions: { code } }: GraphQLError): string => (typeof code === 'string' ? code : 'GRAPHQL_ERROR')

/** graphql-js wraps whatever a resolver throws; what is inside decides. */
function isMeantForClient(error: unknown): error is GraphQLError {
  return error instanceof GraphQLError && (error.originalError === undefined || isMeantForClient(error.originalError))
}

const originOf = (error: unknown): unknown =>
  error instanceof GraphQLError && error.originalError !== undefined ? originOf(error.originalError) : error
