import { errorCodes, type ErrorCode } from '../domain/error-codes/error-codes.ts'
import type {
  Failure,
  ForbiddenError,
  InvalidInputError,
  NotFoundError,
  RateLimitedError,
  UnauthenticatedError,
} from '../domain/failure.ts'
import type { InvalidCredentialsError } from '../use-cases/accounts/login.ts'
import type { SessionExpiredError } from '../use-cases/accounts/refresh-session.ts'
import type { EmailTakenError } from '../use-cases/accounts/register.ts'
import type { RegistrationClosedError } from '../use-cases/accounts/registration.ts'
import type { ExpressionFinishedError } from '../use-cases/expressions/cancel-expression.ts'
import type { CompileFailure } from '../use-cases/expressions/compile-failure.ts'
import type { ExpressionNotRetryableError } from '../use-cases/expressions/retry-expression.ts'
import type { RequestIdConflictError } from '../use-cases/expressions/submit-expression.ts'

/** What is wrong with the request itself, before any use case has seen it. */
export interface RequestError extends Failure<'RequestError'> {
  readonly retryAfterSeconds?: number
  readonly fields?: InvalidInputError['fields']
}

/** There is no result to be shown as a text: the expression has failed, or was cancelled. */
export type NoResultError = Failure<'NoResultError'>

/** Everything that REST answers with a problem. */
export type RestFailure =
  | CompileFailure
  | EmailTakenError
  | ExpressionFinishedError
  | ExpressionNotRetryableError
  | ForbiddenError
  | InvalidCredentialsError
  | InvalidInputError
  | NoResultError
  | NotFoundError
  | RateLimitedError
  | RegistrationClosedError
  | RequestError
  | RequestIdConflictError
  | SessionExpiredError
  | UnauthenticatedError

export const requestError = (code: ErrorCode, message: string): RequestError => ({
  kind: 'RequestError',
  code,
  message,
})

/**
 * The status of a failure. 400: it cannot be read, be it the request or the expression. 422: it can, and cannot be done. 409: it could, were
 * something else not as it is.
 */
export function statusOf({ code }: RestFailure): number {
  const [, , status] = errorCodes[code]
  return status ?? 500
}

/** Whether what a use case came to is a failure and not what was asked for. */
export const isFailure = <Outcome extends object>(
  outcome: Outcome,
): outcome is Extract<Outcome, { readonly kind: string; readonly code: string }> =>
  'kind' in outcome && 'code' in outcome && 'message' in outcome
