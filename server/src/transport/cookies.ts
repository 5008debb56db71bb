import { parseCookie, stringifySetCookie } from 'cookie'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Environment } from '../env.ts'
import type { SecretCookie } from '../schema/context.ts'
import { isHttps } from './forwarded.ts'

/** The refresh token's cookie of one request. */
export const refreshCookieOf = (request: IncomingMessage, response: ServerResponse, environment: Environment) =>
  cookieOf('reckon_refresh', request, response, environment)

/** The cookie by which a device is known where somebody has signed in before. */
export const deviceCookieOf = (request: IncomingMessage, response: ServerResponse, environment: Environment) =>
  cookieOf('reckon_device', request, response, environment)

/** Scripts cannot read it, other sites cannot send it, and only the API gets it. */
function cookieOf(
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
  environment: Environment,
): SecretCookie {
  const set = (value: string, maxAge: number) => {
    const secure = mustBeSecure(request, environment)
    response.appendHeader(
      'Set-Cookie',
      stringifySetCookie({ name, value, maxAge, path: '/graphql', httpOnly: true, sameSite: 'strict', secure }),
    )
  }
  return {
    // An empty one is what `clear` leaves in clients that ignore Max-Age.
    read: () => parseCookie(request.headers.cookie ?? '')[name] || undefined,
    write: set,
    clear: () => set('', 0),
  }
}

/** On this machine itself production speaks plain http too, as in the compose file; anywhere else it stands behind https. */
function mustBeSecure(request: IncomingMessage, { NODE_ENV, TRUSTED_PROXIES }: Environment): boolean {
  return isHttps(request, TRUSTED_PROXIES) || (NODE_ENV === 'production' && !isLocal(request.headers.host ?? ''))
}

const isLocal = (host: string) => /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i.test(host)
