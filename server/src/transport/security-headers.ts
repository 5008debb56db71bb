import helmet from 'helmet'
import type { IncomingMessage, ServerResponse } from 'node:http'

const pagePolicy = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  // Browsers differ in whether 'self' covers sockets.
  'connect-src': ["'self'", 'ws:', 'wss:'],
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
