import { hasScope, type Actor, type TokenScope } from '../../domain/actor.ts'
import {
  forbidden,
  outOfScope,
  unauthenticated,
  type ForbiddenError,
  type UnauthenticatedError,
} from '../../domain/failure.ts'
import type { Services } from '../services.ts'
import { isAdmin } from './is-admin.ts'

/** What a part of the API can ask of whoever asks for it. A personal token opens it by its scope of the same name. */
export interface AuthScopes {
  /** Signing in and the like: no token needed. */
  public: boolean
  read: boolean
  /** What a link to an expression opens as well; each of these looks whether it is that one. */
  watch: boolean
  /** What such a link opens, and nothing else. */
  guest: boolean
  submit: boolean
  /** What users do themselves: no personal token opens it. */
  signIn: boolean
  admin: boolean
  /** What an admin does with the password alone. */
  adminSignIn: boolean
  agent: boolean
}

/** What is open to an actor, for GraphQL and REST alike. */
export const scopesOf = (services: Pick<Services, 'database'>, actor: Actor) => ({
  public: true,
  read: hasScope(actor, 'READ'),
  watch: hasScope(actor, 'READ') || actor.kind === 'guest',
  guest: actor.kind === 'guest',
  submit: hasScope(actor, 'SUBMIT'),
  signIn: actor.kind === 'user' && actor.token === undefined,
  agent: actor.kind === 'agent',
  admin: () => isAdmin(services, actor),
  adminSignIn: () => (actor.kind === 'user' && actor.token === undefined ? isAdmin(services, actor) : false),
})

const scopeOfTokens: Readonly<Partial<Record<string, TokenScope>>> = {
  read: 'READ',
  watch: 'READ',
  submit: 'SUBMIT',
  admin: 'ADMIN',
}

/** Why an actor is refused. @param asked the scope that is not open, where it is known */
export function scopeRefusal(actor: Actor, asked?: string): UnauthenticatedError | ForbiddenError {
  if (actor.kind === 'anonymous') return unauthenticated
  const scope = scopeOfTokens[asked ?? '']
  if (actor.kind === 'user' && scope !== undefined && !hasScope(actor, scope)) return outOfScope(scope)
  if (actor.kind === 'user' && (asked === 'signIn' || (asked === 'adminSignIn' && actor.token !== undefined)))
    return forbidden('No token may do this. Sign in with your password.')
  if (actor.kind === 'guest') return forbidden('A link shows its expression, and nothing else.')
  return forbidden('This is not allowed with your token.')
}

/** Null where the actor is let in. */
export async function refuseScope(
  services: Pick<Services, 'database'>,
  actor: Actor,
  scope: keyof AuthScopes,
): Promise<UnauthenticatedError | ForbiddenError | null> {
  const open = scopesOf(services, actor)[scope]
  return (typeof open === 'function' ? await open() : open) ? null : scopeRefusal(actor, scope)
}
