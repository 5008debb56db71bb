import type { Actor } from '../../domain/actor.ts'
import { unauthenticated } from '../../domain/failure.ts'
import { logout, logoutEverywhere } from '../../use-cases/accounts/logout.ts'
import { refreshByCookie } from '../../use-cases/accounts/refresh-by-cookie.ts'
import type { SessionExpiredError } from '../../use-cases/accounts/refresh-session.ts'
import { builder } from '../builder.ts'
import {
  failureOptions,
  failureRef,
  ForbiddenErrorType,
  RateLimitedErrorType,
  refuse,
  resolveOutcome,
  UnauthenticatedErrorType,
} from '../errors.ts'
import { AuthenticationType } from './authentication.ts'

const SessionExpiredErrorType = failureRef<SessionExpiredError>('SessionExpiredError').implement({
  ...failureOptions,
  description: 'The refresh cookie is missing, expired, revoked, or was used twice.',
})

const RefreshSessionResult = builder.unionType('RefreshSessionResult', {
  types: [AuthenticationType, SessionExpiredErrorType, RateLimitedErrorType],
  resolveType: resolveOutcome('Authentication'),
})

builder.mutationField('refreshSession', (t) =>
  t.field({
    type: RefreshSessionResult,
    description:
      'Exchanges the refresh cookie for a new one and an access token. Over HTTP only: a WebSocket has no cookie.',
    authScopes: { public: true },
    resolve: (_root, _args, context) => refreshByCookie(context),
  }),
)

const LogoutPayload = builder.objectRef<{ loggedOut: boolean }>('LogoutPayload').implement({
  fields: (t) => ({
    loggedOut: t.exposeBoolean('loggedOut', {
      description: 'False over a WebSocket of nobody, which brings no session to end.',
    }),
  }),
})

builder.mutationField('logout', (t) =>
  t.field({
    type: LogoutPayload,
    description:
      'Ends the session of the refresh cookie, and that of the access token, and clears the cookie. Access tokens of it are refused from then on, and its sockets closed. Of a program that came with a personal token it revokes that.',
    authScopes: { public: true },
    resolve: async (_root, _args, { actor, address, refreshCookie, services }) => {
      const { signInId, personalToken } = meantBy(actor)
      const ended = await logout(services, { refreshToken: refreshCookie?.read(), signInId, personalToken, address })
      refreshCookie?.clear()
      return { loggedOut: ended || refreshCookie !== null }
    },
  }),
)

const meantBy = (actor: Actor) =>
  actor.kind === 'user'
    ? { signInId: actor.signInId, personalToken: actor.token && { id: actor.token.id, userId: actor.userId } }
    : {}

const LogoutEverywherePayload = builder
  .objectRef<{ endedSessions: number }>('LogoutEverywherePayload')
  .implement({ fields: (t) => ({ endedSessions: t.exposeInt('endedSessions') }) })

const LogoutEverywhereResult = builder.unionType('LogoutEverywhereResult', {
  types: [LogoutEverywherePayload, ForbiddenErrorType, UnauthenticatedErrorType],
  resolveType: resolveOutcome('LogoutEverywherePayload'),
})

builder.mutationField('logoutEverywhere', (t) =>
  t.field({
    type: LogoutEverywhereResult,
    description: 'Ends all sessions of the signed-in user, this one too, as `logout` ends one.',
    authScopes: { signIn: true },
    unauthorizedResolver: refuse,
    resolve: async (_root, _args, { actor, address, refreshCookie, services }) => {
      if (actor.kind !== 'user') return unauthenticated
      const endedSessions = await logoutEverywhere(services, actor.userId, address)
      refreshCookie?.clear()
      return { endedSessions }
    },
  }),
)
