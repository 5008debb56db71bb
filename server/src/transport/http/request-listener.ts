import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import type { Ids } from '../../ids.ts'
import type { Meter } from '../../metering/meter.ts'
import type { createGraphiqlHandler } from './graphiql.ts'
import { replyHealth, type createReadiness } from './health.ts'
import { isOfMonitoring, replyNotMonitored, type MonitoringHandler } from './monitoring.ts'
import { hostRefusalOf, type HostCheck } from '../client/hosts.ts'
import {
  graphqlPath,
  healthPath,
  isRead,
  pathOf,
  readyPath,
  restPagePath,
  socketCheckPath,
  wantsHtml,
} from './paths.ts'
import { hasLostUpgrade, upgradeLost, type ProxyRemarks } from '../client/proxy-remarks.ts'
import { replyMethodNotAllowed, replyText } from './replies.ts'
import { restBase } from '../../rest/routes.ts'
import { replyRestPage } from '../rest/rest-page.ts'
import type { createRestListener } from '../rest/rest-listener.ts'
import { requestIdGiven, requestIdHeader, requestIdOf } from './request-id.ts'
import { setSecurityHeaders } from './security-headers.ts'
import type { createStaticHandler } from './static.ts'
import type { createSocketRefusal, SocketRefusal } from '../socket/upgrade.ts'
import type { Yoga } from '../graphql/yoga.ts'

export interface Routes {
  readonly checkHost: HostCheck
  readonly socketRefusalOf: ReturnType<typeof createSocketRefusal>
  readonly yoga: Yoga
  readonly rest: ReturnType<typeof createRestListener>
  readonly graphiql: ReturnType<typeof createGraphiqlHandler>
  readonly replyReady: ReturnType<typeof createReadiness>
  readonly staticFiles: ReturnType<typeof createStaticHandler>
  /** Null where nothing is told here. */
  readonly monitoring: MonitoringHandler | null
  /** As clients have it; requests come without. */
  readonly basePath: string
  readonly logger: Logger
  readonly meter: Meter
  readonly ids: Ids
  readonly remarks: ProxyRemarks
}

/** Which part answers which path. */
export function createRequestListener(routes: Routes) {
  const { checkHost, socketRefusalOf, yoga, rest, graphiql, replyReady, staticFiles, monitoring } = routes
  const { basePath, logger, meter, ids, remarks } = routes

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    setSecurityHeaders(request, response)
    response.setHeader(requestIdHeader, requestIdOf(request.headers, ids))
    const hostRefusal = hostRefusalOf(checkHost(request))
    if (hostRefusal !== null) {
      if (hostRefusal.mistake) remarks.note(hostRefusal.mistake, request)
      return replyText(response, hostRefusal.status, hostRefusal.message)
    }
    const path = pathOf(request)
    if (path === graphqlPath && hasLostUpgrade(request)) {
      remarks.note('upgrade-lost', request)
      response.setHeader('Upgrade', 'websocket')
      return replyText(response, 426, upgradeLost)
    }
    if (path === graphqlPath)
      return wantsHtml(request) ? graphiql(request, response) : answerOperation(request, response)
    if (path.startsWith(`${restBase}/`)) return rest(request, response)
    if (path === restPagePath)
      return isRead(request.method) ? replyRestPage(response, basePath) : replyMethodNotAllowed(response)
    if (path === socketCheckPath) return replySocketCheck(response, socketRefusalOf(request))
    if (isOfMonitoring(path)) return monitoring === null ? replyNotMonitored(response) : monitoring(request, response)
    if (path !== healthPath && path !== readyPath) return staticFiles(request, response)
    if (!isRead(request.method)) return replyMethodNotAllowed(response)
    return path === healthPath ? replyHealth(response) : replyReady(response)
  }

  async function answerOperation(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // CORS headers depend on it, and a cache must not give one origin's answer to another.
    response.setHeader('Vary', 'Origin')
    response.setHeader('Cache-Control', 'no-store')
    const began = meter.now()
    response.once('close', () => {
      // How long somebody watches is no time that an answer takes.
      if (String(response.getHeader('content-type')).startsWith('text/event-stream')) return
      const seconds = (meter.now() - began) / 1_000
      meter.observe('graphql_yoga_http_duration_seconds', seconds, String(response.statusCode))
    })
    await yoga(request, response)
  }

  return (request: IncomingMessage, response: ServerResponse) => {
    route(request, response).catch((error: unknown) => {
      const requestId = requestIdGiven(response)
      logger.error({ err: error, path: pathOf(request), requestId }, 'unforeseen error in a request')
      if (response.headersSent) response.destroy()
      else replyText(response, 500, 'Something went wrong on the server.')
    })
  }
}

/** To a POST: a browser tells the origin of a page with no other request to where the page is from. */
function replySocketCheck(response: ServerResponse, refusal: SocketRefusal | null) {
  if (refusal === null) replyText(response, 200, 'A socket would be opened.')
  else replyText(response, refusal.status, refusal.message ?? '')
}
