import type { Expectation } from '../probe.ts'

/** Whatever the answer says, it is one: the server foresaw what was asked. */
export const foreseen: Expectation = { without: ['INTERNAL_SERVER_ERROR', 'NO ANSWER', 'NULL', 'HTTP 500', 'HTTP 503'] }

/** What input may be refused with that is larger than any use of it. */
export const refusedInput: Expectation = {
  within: [
    'INVALID_INPUT',
    'RATE_LIMITED',
    'GRAPHQL_ERROR',
    'GRAPHQL_VALIDATION_FAILED',
    'GRAPHQL_PARSE_FAILED',
    'QUERY_TOO_LARGE',
    'BAD_REQUEST',
    'REQUEST_ENTITY_TOO_LARGE',
    'HTTP 400',
    'HTTP 413',
    'HTTP 429',
  ],
}
