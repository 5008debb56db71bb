import { useCSRFPrevention } from '@graphql-yoga/plugin-csrf-prevention'
import { GraphQLError, type GraphQLSchema } from 'graphql'
import { createYoga, type CORSOptions, type Plugin } from 'graphql-yoga'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { anonymous, type Actor } from '../domain/actor.ts'
import type { Context } from '../schema/context.ts'
import type { Services } from '../use-cases/services.ts'
import type { Authenticate } from './authentication.ts'
import { compiledExecution } from './compiled-execution.ts'
import { deviceCookieOf, refreshCookieOf } from './cookies.ts'
import { createDocumentCache } from './document-cache.ts'
import { clientAddress } from './forwarded.ts'
import type { TransportLimits } from './limits.ts'
import { errorMask } from './masked-errors.ts'
import { queryLimits } from './query-limits.ts'
import { sharedEvents } from './shared-events.ts'
import { tokenOfHeaders } from './tokens.ts'

export interface YogaOptions {
  readonly schema: GraphQLSchema
  readonly services: Services
  readonly authenticate: Authenticate
  readonly allowedOrigins: ReadonlySet<string>
  readonly limits: TransportLimits
}

/** What an operation comes with: a request, or the context that a socket has made for it. */
type Arrival =
  | { readonly context: Context; readonly req?: never; readonly res?: never }
  | { readonly context?: never; readonly req: IncomingMessage; readonly res: ServerResponse }

export type Yoga = ReturnType<typeof createYogaServer>

/** Parses, validates and executes for both transports, with one set of limits; answers over HTTP itself. */
export function createYogaServer({ schema, services, authenticate, allowedOrigins, limits }: YogaOptions) {
  const { environment, logger } = services

  async function contextOfRequest(request: IncomingMessage, response: ServerResponse): Promise<Context> {
    return {
      actor: await actorOfRequest(request),
      address: clientAddress(request, environment.TRUSTED_PROXIES),
      connection: null,
      refreshCookie: refreshCookieOf(request, response, environment),
      deviceCookie: deviceCookieOf(request, response, environment),
      services,
    }
  }

  /** A refused token is no token: signing in and refreshing must work with an old one still in the header. */
  async function actorOfRequest(request: IncomingMessage): Promise<Actor> {
    const token = tokenOfHeaders(request.headers)
    if (token === undefined) return anonymous
    const outcome = await authenticate(services, token)
    return outcome.kind === 'accepted' ? outcome.actor : anonymous
  }

  return createYoga<Arrival, Context>({
    schema,
    context: ({ context, req, res }) => context ?? contextOfRequest(req, res),
    plugins: [useCSRFPrevention(), ...queryLimits(limits), compiledExecution, sharedEvents, subscriptionsNeedSocket],
    cors: (request) => corsOf(request.headers.get('origin'), allowedOrigins),
    maskedErrors: { maskError: errorMask(services) },
    maxRequestBodySize: limits.messageBytes,
    parserAndValidationCache: { documentCache: createDocumentCache(), errorCache: createDocumentCache() },
    batching: false,
    multipart: false,
    // See graphiql.ts.
    graphiql: false,
    landingPage: false,
    // The mask logs errors, with their id.
    logging: { debug() {}, info() {}, warn: (...args) => logger.warn({ args }, 'yoga'), error() {} },
  })
}

/** A page of the same origin needs none of these headers; any other than those allowed gets none. */
function corsOf(origin: string | null, allowed: ReadonlySet<string>): CORSOptions {
  if (origin === null || !allowed.has(origin)) return false
  return {
    origin: [origin],
    credentials: true,
    methods: ['GET', 'POST'],
    allowedHeaders: ['authorization', 'content-type', 'x-graphql-yoga-csrf'],
    maxAge: 600,
  }
}

/** Over HTTP a subscription would escape what holds for sockets: pings, the token's expiry, the count of operations. */
const subscriptionsNeedSocket: Plugin<Context> = {
  onSubscribe({ args, setResultAndStopExecution }) {
    if ((args.contextValue as Context).connection !== null) return
    const extensions = { code: 'SUBSCRIPTION_OVER_HTTP', http: { status: 400 } }
    const error = new GraphQLError('Subscribe over a WebSocket to this address, with the protocol of graphql-ws.', {
      extensions,
    })
    setResultAndStopExecution({ errors: [error] })
  },
}
