import { logout } from '../../use-cases/logout.ts'
import { refreshSession, type SessionExpiredError } from '../../use-cases/refresh-session.ts'
import { builder } from '../builder.ts'
import { failureOptions, failureRef, RateLimitedErrorType, resolveOutcome } from '../errors.ts'
import { AuthenticationType } from './authentication.ts'
import { keepInCookie } from './refresh-cookie.ts'

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
    resolve: async (_root, _args, context) => {
      const { address, refreshCookie, services } = context
      const outcome = await refreshSession(services, { refreshToken: refreshCookie?.read(), address })
      if ('kind' in outcome && outcome.kind === 'SessionExpiredError') refreshCookie?.clear()
      return keepInCookie(context, outcome)
    },
  }),
)

const LogoutPayload = builder.objectRef<{ loggedOut: boolean }>('LogoutPayload').implement({
  fields: (t) => ({
    loggedOut: t.exposeBoolean('loggedOut', {
      description: 'False over a WebSocket, which brings no refresh cookie to end.',
    }),
  }),
})

builder.mutationField('logout', (t) =>
  t.field({
    type: LogoutPayload,
    description: 'Ends the session of the refresh cookie and clears it. Access tokens run out by themselves.',
    authScopes: { public: true },
    resolve: async (_root, _args, { refreshCookie, services }) => {
      const token = refreshCookie?.read()
      if (token !== undefined) await logout(services, token)
      refreshCookie?.clear()
      return { loggedOut: refreshCookie !== null }
    },
  }),
)
