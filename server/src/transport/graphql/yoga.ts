import type { DocumentNode, GraphQLSchema } from 'graphql'
import { createYoga, type CORSOptions } from 'graphql-yoga'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context } from '../../schema/context.ts'
import { OperationAccount } from '../../schema/cost/operation-account.ts'
import type { Services } from '../../use-cases/services.ts'
import { servicesOfRequest } from '../../use-cases/services-of-request.ts'
import { accountedDocuments } from './accounted-documents.ts'
import { answerableDocuments } from './answerable-documents.ts'
import type { Arrival } from './arrival.ts'
import type { Authenticate } from '../client/authentication.ts'
import { callerOf, type Caller } from '../client/caller.ts'
import { csrfPrevention, preflightedHeaders } from '../http/csrf-prevention.ts'
import { deviceCookieOf, refreshCookieOf } from '../http/cookies.ts'
import { documentBounds } from './document-bounds.ts'
import { createDocumentCache } from './document-cache.ts'
import { toldErrors } from './told-errors.ts'
import { eventStreams } from './event-streams.ts'
import type { Holding } from '../http/held-response.ts'
import { compressedAnswers } from '../http/compressed-answers.ts'
import { clientAddress } from '../client/forwarded.ts'
import { introspectionLimits } from './introspection-limits.ts'
import type { TransportLimits } from '../limits.ts'
import { errorMask } from './masked-errors.ts'
import { accountedExecution } from './operation-execution.ts'
import { persistedDocuments } from './persisted-documents.ts'
import { queryLimits } from './query-limits.ts'
import { requestBounds } from '../http/request-bounds.ts'
import { requestIdGiven } from '../http/request-id.ts'
import { sharedEvents } from './shared-events.ts'
import type { Subscriptions } from './subscriptions.ts'

export interface YogaOptions {
  readonly schema: GraphQLSchema
  readonly services: Services
  readonly authenticate: Authenticate
  readonly hold: Holding
  readonly allowedOrigins: ReadonlySet<string>
  readonly limits: TransportLimits
  readonly subscriptions: Subscriptions
}

export type Yoga = ReturnType<typeof createYogaServer>

/** Parses, validates and executes for both transports, with one set of limits; answers over HTTP itself. */
export function createYogaServer({
  schema,
  services,
  authenticate,
  hold,
  allowedOrigins,
  limits,
  subscriptions,
}: YogaOptions) {
  const { environment, logger } = services
  const documentCache = createDocumentCache<DocumentNode>()

  const contextOfRequest = (request: IncomingMessage, response: ServerResponse, { actor }: Caller): Context => {
    const address = clientAddress(request, environment.TRUSTED_PROXIES)
    const requestId = requestIdGiven(response)
    return {
      ...{ actor, address, connection: null, requestId },
      userAgent: request.headers['user-agent'],
      refreshCookie: refreshCookieOf(request, response, environment),
      deviceCookie: deviceCookieOf(request, response, environment),
      account: new OperationAccount(services, actor, address),
      services: servicesOfRequest(services, requestId, request.headers['traceparent']),
    }
  }

  return createYoga<Arrival, Context>({
    schema,
    context: ({ context, req, res, caller }) => context ?? contextOfRequest(req, res, caller),
    plugins: [
      csrfPrevention(),
      requestBounds(limits, (request) => callerOf(request, authenticate, services)),
      persistedDocuments(limits),
      documentBounds(limits),
      ...queryLimits(limits),
      answerableDocuments,
      introspectionLimits,
      accountedDocuments(services, documentCache),
      accountedExecution,
      sharedEvents(subscriptions),
      eventStreams(hold, limits),
      toldErrors(limits),
      compressedAnswers,
    ],
    cors: (request) => corsOf(request.headers.get('origin'), allowedOrigins),
    maskedErrors: { maskError: errorMask(services) },
    maxRequestBodySize: Math.max(...Object.values(limits.messages).map(({ bytes }) => bytes)),
    parserAndValidationCache: { documentCache, errorCache: createDocumentCache() },
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
    allowedHeaders: [...preflightedHeaders, 'content-type', 'traceparent', 'tracestate', 'baggage'],
    maxAge: 600,
  }
}
