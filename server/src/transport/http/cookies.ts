import { parseCookie, stringifySetCookie } from 'cookie'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Environment } from '../../env.ts'
import type { SecretCookie } from '../../use-cases/accounts/client-state.ts'
import { isHttps } from '../client/forwarded.ts'
import { graphqlPath } from './paths.ts'

const restricted = { httpOnly: true, sameSite: 'strict' } as const

type CookieArguments = [request: IncomingMessage, response: ServerResponse, environment: Environment, path?: string]

/** The refresh token's cookie of one request. */
export const refreshCookieOf = (...of: CookieArguments) => cookieOf('reckon_refresh', ...of)

/** The cookie by which a device is known where somebody has signed in before. */
export const deviceCookieOf = (...of: CookieArguments) => cookieOf('reckon_device', ...of)

/** Scripts cannot read it, other sites cannot send it, and only the API at this path gets it. */
function cookieOf(
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
  environment: Environment,
  path = graphqlPath,
): SecretCookie {
  const plain = { name, path: `${environment.BASE_PATH}${path}`, ...restricted }
  // By this name no other host can set it, and none that speaks plain http: browsers see to it. They want it to hold for all paths.
  const secured = { name: `__Host-${name}`, path: '/', ...restricted }
  const given = parseCookie(request.headers.cookie ?? '')
  const set = (value: string, maxAge: number) => {
    const secure = mustBeSecure(request, environment)
    response.appendHeader('Set-Cookie', stringifySetCookie({ ...(secure ? secured : plain), value, maxAge, secure }))
    // Which was set before there was the other.
    if (secure && given[plain.name] !== undefined)
      response.appendHeader('Set-Cookie', stringifySetCookie({ ...plain, value: '', maxAge: 0, secure }))
  }
  return {
    // An empty one is what `clear` leaves in clients that ignore Max-Age.
    read: () => given[secured.name] || given[plain.name] || undefined,
    write: set,
    clear: () => set('', 0),
  }
}

/** On this machine itself production speaks plain http too, as in the compose file; anywhere else it stands behind https. */
function mustBeSecure(request: IncomingMessage, { NODE_ENV, TRUSTED_PROXIES }: Environment): boolean {
  return isHttps(request, TRUSTED_PROXIES) || (NODE_ENV === 'production' && !isLocal(request.headers.host ?? ''))
}

const isLocal = (host: string) => /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i.test(host)
