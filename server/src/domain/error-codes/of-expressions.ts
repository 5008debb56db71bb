import { codes } from './entry.ts'

/** Of expressions that were taken in: what cannot be done with them, and why they have no value. */
export const ofExpressions = codes({
  ATTEMPTS_SPENT: ['A task failed at every attempt.', 'Look at its attempts, mend the agents, and retry.', 422],
  CANCELLED: ['It was cancelled: there is no result.', 'Retry it.', 422],
  DIVISION_BY_ZERO: ['An operation divides by zero.', 'The message names its place.', 422],
  EXPRESSION_FINISHED: ['It has ended: there is nothing to cancel.', 'Nothing is to be done.', 409],
  FRACTIONAL_EXPONENT: ['An exponent is no whole number.', 'The message names its place.', 422],
  LOG_PURGED: ['Its log is no longer kept.', 'Submit it again.', 409],
  NOT_FAILED: ['It has not failed and was not cancelled: there is nothing to retry.', 'Nothing is to be done.', 409],
  OUTSIDE_DOMAIN: ['A function has no value there.', 'The message names its place.', 422],
  REQUEST_ID_CONFLICT: ['The same request id was used for something else.', 'Use a new one.', 409],
  REQUEST_ID_TAKEN: ['The request id of what was deleted has another expression now.', 'Submit it under a new one.'],
  RESULT_TOO_LARGE: ['A result has too many digits.', 'The message names its place.', 422],
  TOO_MANY_LINKS: ['The expression has as many links as one may.', 'Revoke one.'],
  WOULD_FAIL_AGAIN: ['Arithmetic made it fail, and would again.', 'Submit a corrected source.', 409],
})
