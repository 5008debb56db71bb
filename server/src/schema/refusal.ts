import type { AuthFailure } from '@pothos/plugin-scope-auth'
import { GraphQLError } from 'graphql'
import { hasScope, type Actor, type TokenScope } from '../domain/actor.ts'
import {
  forbidden,
  outOfScope,
  unauthenticated,
  type ForbiddenError,
  type UnauthenticatedError,
} from '../domain/failure.ts'

/** What a field can ask of whoever asks for it. A personal token opens it by its scope of the same name. */
export interface AuthScopes {
  /** Signing in and the like: no token needed. */
  public: boolean
  read: boolean
  submit: boolean
  /** What users do themselves: no personal token opens it. */
  signIn: boolean
  admin: boolean
  agent: boolean
}

const scopeOfTokens: Readonly<Partial<Record<string, TokenScope>>> = { read: 'READ', submit: 'SUBMIT', admin: 'ADMIN' }

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
export function refusalOf(actor: Actor, failure?: AuthFailure): Refusal {
  if (actor.kind === 'anonymous') return new Refusal(unauthenticated)
  const asked = failure && askedScope(failure)
  const scope = scopeOfTokens[asked ?? '']
  if (actor.kind === 'user' && scope !== undefined && !hasScope(actor, scope)) return new Refusal(outOfScope(scope))
  if (actor.kind === 'user' && asked === 'signIn')
    return new Refusal(forbidden('No token may do this. Sign in with your password.'))
  return new Refusal(forbidden('This is not allowed with your token.'))
}

/** The scope that was not there; each root field names one. */
function askedScope(failure: AuthFailure): string | undefined {
  if ('failures' in failure) return failure.failures.map(askedScope).find((scope) => scope !== undefined)
  return 'scope' in failure ? failure.scope : undefined
}
