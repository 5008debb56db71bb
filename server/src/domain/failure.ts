import type { TokenScope } from './actor.ts'
import type { ErrorCode } from './error-codes/error-codes.ts'

/**
 * Failures that a user can cause: values, never thrown. `kind` is the name of the GraphQL type that shows it, `code` is stable for
 * programs, `message` tells a person what to do. See docs/decisions/0001.
 */
export interface Failure<Kind extends string = string> {
  readonly kind: Kind
  readonly code: ErrorCode
  readonly message: string
}

export type UnauthenticatedError = Failure<'UnauthenticatedError'>
export interface ForbiddenError extends Failure<'ForbiddenError'> {
  /** What the token lacks, where another token of this user may do it. */
  readonly missingScope?: TokenScope
}
export type NotFoundError = Failure<'NotFoundError'>
export interface InvalidInputError extends Failure<'InvalidInputError'> {
  readonly fields: readonly { readonly path: string; readonly message: string }[]
}
export interface RateLimitedError extends Failure<'RateLimitedError'> {
  readonly retryAfterSeconds: number
}

export const unauthenticated: UnauthenticatedError = {
  kind: 'UnauthenticatedError',
  code: 'UNAUTHENTICATED',
  message: 'Sign in first, or send the access token as "Authorization: Bearer <token>".',
}

export const forbidden = (message: string): ForbiddenError => ({ kind: 'ForbiddenError', code: 'FORBIDDEN', message })

export const outOfScope = (missingScope: TokenScope): ForbiddenError => ({
  ...forbidden(`This needs a token with the scope ${missingScope}.`),
  missingScope,
})

/** Also the answer for what exists and is another user's. */
export const notFound = (what: string): NotFoundError => ({
  kind: 'NotFoundError',
  code: 'NOT_FOUND',
  message: `There is no such ${what}.`,
})

/** `code` is INVALID_INPUT unless the case has one of its own. */
/** What is asked for does not go with how an agent stands. */
export type AgentConnectedError = Failure<'AgentConnectedError'>

export const agentConnected: AgentConnectedError = {
  kind: 'AgentConnectedError',
  code: 'AGENT_CONNECTED',
  message: 'This agent is connected, or may be back in a moment. Drain it, or stop it, and forget it when it is gone.',
}

export const invalidInput = (
  fields: InvalidInputError['fields'],
  code: ErrorCode = 'INVALID_INPUT',
): InvalidInputError => ({
  kind: 'InvalidInputError',
  code,
  message: fields.map(({ path, message }) => `${path}: ${message}`).join('; '),
  fields,
})

export const rateLimited = (retryAfterSeconds: number, reason = 'Too many tries.'): RateLimitedError => ({
  kind: 'RateLimitedError',
  code: 'RATE_LIMITED',
  message: `${reason} Wait ${lengthOf(retryAfterSeconds)} and try again.`,
  retryAfterSeconds,
})

/** As people say it: nobody counts nine hundred seconds. */
const lengthOf = (seconds: number) => (seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`)
