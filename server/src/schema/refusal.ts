import type { AuthFailure } from '@pothos/plugin-scope-auth'
import { GraphQLError } from 'graphql'
import type { Actor } from '../domain/actor.ts'
import type { ForbiddenError, UnauthenticatedError } from '../domain/failure.ts'
import { scopeRefusal } from '../use-cases/accounts/admission.ts'

/** Thrown by queries and subscriptions; mutations answer with what it holds. */
export class Refusal extends GraphQLError {
  readonly failure: UnauthenticatedError | ForbiddenError

  constructor(failure: UnauthenticatedError | ForbiddenError) {
    const { code } = failure
    const missing = failure.kind === 'ForbiddenError' ? failure.missingScope : undefined
    super(failure.message, { extensions: { code, ...(missing !== undefined && { missingScope: missing }) } })
    this.failure = failure
  }
}

/** Why an actor is refused a field. */
export const refusalOf = (actor: Actor, failure?: AuthFailure): Refusal =>
  new Refusal(scopeRefusal(actor, failure && askedScope(failure)))

/** The scope that was not there; each root field names one. */
function askedScope(failure: AuthFailure): string | undefined {
  if ('failures' in failure) return failure.failures.map(askedScope).find((scope) => scope !== undefined)
  return 'scope' in failure ? failure.scope : undefined
}
