import type { GraphQLSchema } from 'graphql'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Services } from '../use-cases/services.ts'
import type { Authenticate } from './client/authentication.ts'
import { closeCodes } from '../use-cases/agents/close-codes.ts'
import { Connections } from './socket/connections.ts'
import { withoutBasePath } from './http/base-path.ts'
import { createGraphiqlHandler } from './http/graphiql.ts'
import type { Readings } from '../metering/catalogue.ts'
import type { MonitoringHandler } from './http/monitoring.ts'
import { createHolding } from './http/held-response.ts'
import { createReadiness } from './http/health.ts'
import { createHostCheck } from './client/hosts.ts'
import { ProxyRemarks } from './client/proxy-remarks.ts'
import { defaultTransportLimits, type TransportLimits } from './limits.ts'
import { listen, type ListenOutcome } from './listen.ts'
import { watchLiveness } from './socket/liveness.ts'
import { parseOrigins } from './client/origins.ts'
import { oneAtATime } from './http/one-at-a-time.ts'
import { createRequestListener } from './http/request-listener.ts'
import { createRestListener } from './rest/rest-listener.ts'
import { createStaticHandler } from './http/static.ts'
import { stopServer } from './stop.ts'
import { createSocketRefusal, createUpgradeListener } from './socket/upgrade.ts'
import { createSocketServer } from './socket/websocket.ts'
import { Subscriptions } from './graphql/subscriptions.ts'
import { createYogaServer } from './graphql/yoga.ts'

export interface TransportOptions {
  readonly schema: GraphQLSchema
  readonly services: Services
  readonly authenticate: Authenticate
  /** Asks the database anything, for `/ready`; rejects where it does not answer. */
  readonly pingDatabase: () => Promise<unknown>
  /** The folder of the built page. */
  readonly webRoot: string
  readonly limits?: TransportLimits
  /** Answers /metrics and /scale; null where that is not to be had on this port. */
  readonly monitoring?: MonitoringHandler | null
}

export interface Transport {
  listen(port: number, host: string): Promise<ListenOutcome>
  /** Null before `listen` has succeeded. */
  readonly address: AddressInfo | null
  /** Has `/ready` say that the server stops, while it goes on answering. */
  becomeUnready(): void
  /** Takes nothing new, closes sockets, and resolves when the requests in hand are answered or the time is over. */
  stop(timeoutMs: number): Promise<void>
  /** What its gauges stand at. */
  readings(): Readings
}

/**
 * How long a client may take to send a request: its head, and the whole of it, from its first byte on, so a connection may idle for longer. Node
 * looks only now and then, by default each half minute.
 */
const timeouts = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 1_000 }

/** Closes the sockets of tokens that are revoked, and of users who have signed out. */
function closeRevoked(connections: Connections, announcer: Services['announcer']): () => void {
  const { FORBIDDEN } = closeCodes
  const stopListening = [
    announcer.on('agentTokenRevoked', ({ id }) => connections.closeAgents(id, FORBIDDEN, 'Forbidden')),
    announcer.on('personalTokensRevoked', ({ ids }) => connections.closePersonal(ids, FORBIDDEN, 'Forbidden')),
    announcer.on('shareLinksRevoked', ({ ids }) => connections.closeGuests(ids, FORBIDDEN, 'Forbidden')),
    // Its links have gone with it, and do not come back with it. A turn later: its watchers are to hear why.
    announcer.on('expressionDeleted', ({ id }) => {
      setImmediate(() => connections.closeGuestsOf(id, FORBIDDEN, 'Forbidden'))
    }),
    // A turn later: the socket on which somebody signs out is to bring the answer.
    announcer.on('signInsEnded', ({ ids }) => {
      setImmediate(() => connections.closeSignIns(ids, FORBIDDEN, 'Signed out'))
    }),
  ]
  return () => {
    for (const stop of stopListening) stop()
  }
}

/** HTTP and WebSocket around the schema, on one port, and the page with it. */
export function createTransport(options: TransportOptions): Transport {
  const {
    schema,
    services,
    authenticate,
    pingDatabase,
    webRoot,
    limits = defaultTransportLimits,
    monitoring = null,
  } = options
  const { environment, announcer, clock, logger } = services
  const allowedOrigins = parseOrigins(environment.ALLOWED_ORIGINS)
  const checkHost = createHostCheck({
    host: environment.HOST,
    allowedHosts: environment.ALLOWED_HOSTS,
    allowedOrigins,
  })
  let stopping: Promise<void> | null = null
  const isStopping = () => stopping !== null
  let isUnready = false

  const subscriptions = new Subscriptions(services.meter)
  const connections = new Connections(limits)
  const hold = createHolding({ services, authenticate, connections, isStopping })
  const yoga = createYogaServer({ schema, services, authenticate, hold, allowedOrigins, limits, subscriptions })
  const sockets = createSocketServer({ yoga, services, authenticate, connections, limits })
  const rest = createRestListener({ services, authenticate, hold, allowedOrigins, limits })
  const refusalOf = createSocketRefusal({ checkHost, connections, environment, allowedOrigins, isStopping })

  const takeOffBasePath = withoutBasePath(environment.BASE_PATH)
  const remarks = new ProxyRemarks({ logger, clock })
  const answer = oneAtATime(
    createRequestListener({
      checkHost,
      socketRefusalOf: refusalOf,
      yoga,
      rest,
      graphiql: createGraphiqlHandler(environment.BASE_PATH),
      replyReady: createReadiness({ pingDatabase, isStopping: () => isUnready, clock }),
      staticFiles: createStaticHandler(webRoot, {
        basePath: environment.BASE_PATH,
        publicOrigin: environment.PUBLIC_ORIGIN,
      }),
      monitoring,
      basePath: environment.BASE_PATH,
      logger,
      meter: services.meter,
      ids: services.ids,
      remarks,
    }),
  )
  const upgrade = createUpgradeListener({ sockets, refusalOf, environment, remarks })
  const server = createServer({ ...timeouts, keepAliveTimeout: environment.KEEP_ALIVE_SECONDS * 1_000 })
  server.on('request', (request, response) => {
    takeOffBasePath(request)
    if (environment.TRUSTED_PROXIES === 0 && request.headers['x-forwarded-for'] !== undefined)
      remarks.note('untrusted-forwarding', request)
    // Whoever keeps a connection is to make the next one elsewhere.
    if (isUnready) response.setHeader('Connection', 'close')
    answer(request, response)
  })
  server.on('upgrade', (request, socket, head) => {
    takeOffBasePath(request)
    upgrade(request, socket, head)
  })

  // A stopping server closes the connections that idle at that moment; those that were busy follow when their answer is out.
  server.on('request', (_, response) => response.once('close', () => isStopping() && server.closeIdleConnections()))

  const stopWatching = watchLiveness({ connections, intervalMs: environment.PING_INTERVAL_MS, limits, clock })
  const stopListening = closeRevoked(connections, announcer)

  return {
    listen: (port, host) => listen(server, port, host),
    get address() {
      return server.address() as AddressInfo | null
    },
    readings: () => ({
      websocket_connections: connections.countByKind(),
      subscriptions_active: subscriptions.active,
    }),
    becomeUnready() {
      isUnready = true
    },
    stop(timeoutMs) {
      isUnready = true
      stopping ??= stopServer(server, connections, clock, timeoutMs).finally(() => {
        stopWatching()
        stopListening()
      })
      return stopping
    },
  }
}
