import { STATUS_CODES } from 'node:http'
import type { RestFailure } from './failure.ts'
import { statusOf } from './failure.ts'
import { placeOf } from './excerpt.ts'

/** RFC 9457, with `code` for programs and, of an expression, where it is wrong. */
export type Problem = ReturnType<typeof problemOf>

/** @param source in which the positions of a failure are */
export function problemOf(failure: RestFailure, source?: string) {
  const status = statusOf(failure)
  const { code, message: detail } = failure
  return { type: 'about:blank', title: STATUS_CODES[status] ?? '', status, code, detail, ...detailsOf(failure, source) }
}

function detailsOf(failure: RestFailure, source?: string): object {
  switch (failure.kind) {
    case 'ExpressionSyntaxError': {
      const { position, length, expected, suggestion } = failure
      return { position, length, ...(source !== undefined && placeOf(source, failure)), expected, suggestion }
    }
    case 'ExpressionLimitError': {
      const { position, length, limit, actual } = failure
      return { position, length, ...(source !== undefined && placeOf(source, failure)), limit, actual }
    }
    case 'InvalidInputError':
      return { fields: failure.fields }
    case 'ForbiddenError':
      return failure.missingScope === undefined ? {} : { missingScope: failure.missingScope }
    case 'RateLimitedError':
      return { retryAfterSeconds: failure.retryAfterSeconds }
    case 'RequestError': {
      const { fields, retryAfterSeconds } = failure
      return { ...(fields && { fields }), ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) }
    }
    case 'ExpressionFinishedError':
    case 'ExpressionNotRetryableError':
    case 'RequestIdConflictError':
      return { expressionId: failure.expression.id, expressionStatus: failure.expression.status }
    case 'EmailTakenError':
    case 'InvalidCredentialsError':
    case 'NoResultError':
    case 'NotFoundError':
    case 'RegistrationClosedError':
    case 'SessionExpiredError':
    case 'UnauthenticatedError':
      return {}
    default:
      return failure satisfies never
  }
}
