import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { Ids } from '../../ids.ts'

export const requestIdHeader = 'X-Request-Id'

/** What proxies and clients make: a UUID, a trace, a counter. Anything else could forge a line of a log, or fill it. */
const sane = /^[\w.:+/=@-]{1,100}$/

/** By which the log names a request: as its client or a proxy does, where that is sane. */
export function requestIdOf(headers: IncomingHttpHeaders, ids: Ids): string {
  const given = headers[requestIdHeader.toLowerCase()]
  return typeof given === 'string' && sane.test(given) ? given : ids.next()
}

/** As its answer tells it. */
export const requestIdGiven = (response: ServerResponse): string => String(response.getHeader(requestIdHeader))
