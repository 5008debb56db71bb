import type { Authentication } from '../../use-cases/accounts/authentication.ts'
import { clientOf, keepInCookies } from '../../use-cases/accounts/client-state.ts'
import { login } from '../../use-cases/accounts/login.ts'
import { refreshByCookie } from '../../use-cases/accounts/refresh-by-cookie.ts'
import { register } from '../../use-cases/accounts/register.ts'
import { json, refused, type Answer } from '../answer.ts'
import { authentication, credentials, registration } from '../contract/account.ts'
import { isFailure, type RestFailure } from '../failure.ts'
import { route } from '../route.ts'

function answer(status: number, outcome: Authentication | RestFailure): Answer {
  if (isFailure(outcome)) return refused(outcome)
  const { accessToken, expiresAt, userId } = outcome
  return json(status, { accessToken, expiresAt: expiresAt.toISOString(), userId })
}

export const registerRoute = route({
  ...{
    id: 'register',
    method: 'POST',
    path: '/register',
    scope: 'public',
    summary: 'Make an account and sign in to it',
  },
  description: 'The first user to register is the admin.',
  body: registration,
  answers: { 201: { description: 'Signed in.', schema: authentication } },
  problems: {
    403: 'REGISTRATION_CLOSED without an invitation where one is needed; INVITATION_REFUSED with one that is not good.',
    409: 'EMAIL_TAKEN: there is an account with this email.',
  },
  async handle(call) {
    const outcome = await register(call.services, { ...call.body, ...clientOf(call) })
    return answer(201, keepInCookies(call, outcome))
  },
})

export const loginRoute = route({
  ...{ id: 'login', method: 'POST', path: '/login', scope: 'public', summary: 'Sign in' },
  description: 'Limited by account and network; only failures count.',
  body: credentials,
  answers: { 200: { description: 'Signed in.', schema: authentication } },
  problems: { 401: 'INVALID_CREDENTIALS: the email or the password is wrong; it is not told which.' },
  async handle(call) {
    const outcome = await login(call.services, { ...call.body, ...clientOf(call) })
    return answer(200, keepInCookies(call, outcome))
  },
})

export const refreshRoute = route({
  ...{ id: 'refresh', method: 'POST', path: '/refresh', scope: 'public', summary: 'Exchange the refresh cookie' },
  description: 'For a new one and an access token: `curl -b jar -c jar`. A cookie is good once.',
  answers: { 200: { description: 'Signed in still.', schema: authentication } },
  problems: { 401: 'SESSION_EXPIRED: the cookie is missing, expired, revoked, or was used twice.' },
  handle: async (call) => answer(200, await refreshByCookie(call)),
})
