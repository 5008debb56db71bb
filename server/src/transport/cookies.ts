import { parseCookie, stringifySetCookie } from 'cookie'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Environment } from '../env.ts'
import type { RefreshCookie } from '../schema/context.ts'
import { isHttps } from './forwarded.ts'

const plain = { name: 'reckon_refresh', path: '/graphql' }

/** By this name no other host can set it, and none that speaks plain http: browsers see to it. They want it to hold for all paths. */
const secured = { name: '__Host-reckon_refresh', path: '/' }

/** The refresh token's cookie of one request. Scripts cannot read it, other sites cannot send it, and only the API gets it. */
export function refreshCookieOf(
  request: IncomingMessage,
  response: ServerResponse,
  environment: Environment,
): RefreshCookie {
  const given = parseCookie(request.headers.cookie ?? '')
  const set = (value: string, maxAge: number) => {
    const secure = mustBeSecure(request, environment)
    const { name, path } = secure ? secured : plain
    const cookie = stringifySetCookie({ name, path, value, maxAge, secure, ...restricted })
    // Which was set before there was the other.
    const isLeft = secure && given[plain.name] !== undefined
    response.setHeader('Set-Cookie', isLeft ? [cookie, stringifySetCookie({ ...ended, secure })] : cookie)
  }
  return {
    // An empty one is what `clear` leaves in clients that ignore Max-Age.
    read: () => given[secured.name] || given[plain.name] || undefined,
    write: set,
    clear: () => set('', 0),
  }
}

const restricted = { httpOnly: true, sameSite: 'strict' } as const
const ended = { ...plain, ...restricted, value: '', maxAge: 0 }

/** On this machine itself production speaks plain http too, as in the compose file; anywhere else it stands behind https. */
function mustBeSecure(request: IncomingMessage, { NODE_ENV, TRUSTED_PROXIES }: Environment): boolean {
  return isHttps(request, TRUSTED_PROXIES) || (NODE_ENV === 'production' && !isLocal(request.headers.host ?? ''))
}

const isLocal = (host: string) => /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i.test(host)
