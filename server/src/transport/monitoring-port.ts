import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { createHostCheck, hostRefusalOf } from './client/hosts.ts'
import type { MonitoringHandler } from './http/monitoring.ts'
import { replyText } from './http/replies.ts'
import { listen, type ListenOutcome } from './listen.ts'

/** How long a scraper may take for anything, and how many there may be: one that hangs takes a place for this long, and no more. */
const timeoutMs = 10_000
const maxConnections = 32

export interface MonitoringPort {
  readonly kind: 'listening'
  readonly address: AddressInfo
  stop(): Promise<void>
}

/** A port for those who watch over a replica, and for nobody else. */
export async function openMonitoringPort(
  { port, host }: { readonly port: number; readonly host: string },
  handle: MonitoringHandler,
  logger: Logger,
): Promise<MonitoringPort | Exclude<ListenOutcome, { kind: 'listening' }>> {
  const checkHost = createHostCheck({ host, allowedHosts: '', allowedOrigins: new Set() })
  const server = createServer({ requestTimeout: timeoutMs }, (request, response) => {
    const refusal = hostRefusalOf(checkHost(request))
    if (refusal !== null) return replyText(response, refusal.status, refusal.message)
    handle(request, response).catch((error: unknown) => {
      logger.error({ err: error }, 'could not tell how this replica is')
      if (!response.headersSent) replyText(response, 500, 'Something went wrong on the server.')
    })
  })
  server.timeout = timeoutMs
  server.maxConnections = maxConnections
  const outcome = await listen(server, port, host)
  if (outcome.kind !== 'listening') return outcome
  return {
    ...outcome,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
