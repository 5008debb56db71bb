import helmet from 'helmet'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { hostNameOf } from '../client/hosts.ts'

/** This server, by its name: browsers differ in whether 'self' covers sockets, and only a proxy knows whether it is asked by https. */
export function socketSources({ headers: { host = '' } }: IncomingMessage): string {
  return hostNameOf(host) === null ? "'self'" : `'self' ws://${host} wss://${host}`
}

const pagePolicy = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': [socketSources],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
  'form-action': ["'self'"],
}

const setAll = helmet({
  contentSecurityPolicy: { useDefaults: false, directives: pagePolicy },
  xFrameOptions: { action: 'deny' },
})

/** The headers that every answer carries. A route with a page of its own kind replaces the policy. */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse) {
  // helmet works at once, and could fail only in a directive that is a function.
  setAll(request, response, () => {})
}
