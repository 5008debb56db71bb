import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tokenOfHeaders } from '../client/tokens.ts'
import { isRead, metricsPath, pathOf, scalePath } from './paths.ts'
import { reply, replyJson, replyMethodNotAllowed, replyText } from './replies.ts'

export interface MonitoringHandlerOptions {
  /** For Prometheus. */
  readonly exposition: () => Promise<string>
  readonly expositionType: string
  /** For an autoscaler; rejects where it cannot be told. */
  readonly scale: () => Promise<unknown>
  /** Undefined where whoever reaches the port may read. */
  readonly token: string | undefined
}

export type MonitoringHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

export const isOfMonitoring = (path: string): boolean => path === metricsPath || path === scalePath

/** Answers /metrics and /scale. They tell of no user, no expression and no agent, but how much there is of each: not for strangers. */
export function createMonitoringHandler(options: MonitoringHandlerOptions): MonitoringHandler {
  const { exposition, expositionType, scale, token } = options
  const isAllowed = (request: IncomingMessage) =>
    token === undefined || isEqual(tokenOfHeaders(request.headers) ?? '', token)

  return async (request, response) => {
    const path = pathOf(request)
    if (!isOfMonitoring(path)) return replyText(response, 404, `There are ${metricsPath} and ${scalePath} here.`)
    if (!isAllowed(request)) {
      response.setHeader('WWW-Authenticate', 'Bearer')
      return replyText(response, 401, 'Send METRICS_TOKEN as "Authorization: Bearer <token>".')
    }
    if (!isRead(request.method)) return replyMethodNotAllowed(response)
    if (path === metricsPath) return reply(response, 200, expositionType, await exposition())
    return replyScale(response)
  }

  async function replyScale(response: ServerResponse): Promise<void> {
    try {
      replyJson(response, 200, await scale())
    } catch {
      replyText(response, 503, 'The database does not answer.')
    }
  }
}

export const replyNotMonitored = (response: ServerResponse) =>
  replyText(response, 404, 'Nothing is told here. METRICS_TOKEN or METRICS_PORT turn it on.')

/** By their hashes, which are of one length: how long it takes tells nothing. */
const isEqual = (one: string, other: string): boolean => timingSafeEqual(hash(one), hash(other))
const hash = (text: string) => createHash('sha256').update(text).digest()
