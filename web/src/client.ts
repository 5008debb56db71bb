import { Client, fetchExchange, mapExchange, subscriptionExchange } from '@urql/core'
import { authExchange } from '@urql/exchange-auth'
import { now } from './clock.ts'
import { randomFraction } from './ids.ts'
import { normalizedCache } from './transport/cache.ts'
import type { Connection } from './transport/contexts.ts'
import { freshnessExchange } from './transport/freshness-exchange.ts'
import { Freshness } from './transport/freshness.ts'
import { lastingSubscription } from './transport/lasting-subscription.ts'
import { createLiveSocket } from './transport/live-socket.ts'
import { endpoint, requestHeaders, unauthenticatedCode } from './transport/protocol.ts'
import type { TokenSource } from './transport/session.ts'
import { timedFetch } from './transport/timed-fetch.ts'
import { createValueStore } from './transport/value-store.ts'

export interface LiveClient {
  readonly client: Client
  /** The same server without a cache: for lists of thousands that one page shows, of which each event would cost a walk over all. */
  readonly uncached: Client
  readonly connection: Connection
  readonly dispose: () => void
}

/** The client of one sign-in, with a cache and a socket of its own, so that no user sees what another's page had loaded. */
export function createLiveClient(session: TokenSource, onEnded: () => void): LiveClient {
  const freshness = new Freshness()
  const reconnections = createValueStore(0)
  const socket = createLiveSocket({
    session,
    now,
    randomFraction,
    onEnded,
    onReconnected() {
      freshness.forget()
      reconnections.set(reconnections.get() + 1)
    },
  })

  const authentication = authExchange(async ({ appendHeaders }) => ({
    addAuthToOperation(operation) {
      const token = session.accessToken()
      return token === undefined ? operation : appendHeaders(operation, { authorization: `Bearer ${token}` })
    },
    willAuthError: () => session.accessToken() === undefined,
    didAuthError: (error) => error.graphQLErrors.some(({ extensions }) => extensions.code === unauthenticatedCode),
    refreshAuth: async () => void (await session.refresh()),
  }))

  const subscriptions = subscriptionExchange({
    forwardSubscription: ({ query = '', variables, operationName }) => ({
      subscribe: (sink) => ({
        unsubscribe: lastingSubscription(
          (lasting) =>
            socket.client.subscribe(
              { query, variables: variables ?? null, operationName: operationName ?? null },
              { ...lasting, next: (result) => lasting.next(result as Parameters<typeof lasting.next>[0]) },
            ),
          {
            next: (result) => sink.next(result as Parameters<typeof sink.next>[0]),
            error: (error) => sink.error(error),
            complete: () => sink.complete(),
          },
          randomFraction,
        ),
      }),
    }),
  })

  // Somebody whose role was taken away still has its inputs in sight: what they are now comes with a new token.
  const demotion = mapExchange({ onResult: ({ data }) => void (isForbidden(data) && session.refresh()) })

  const client = new Client({
    url: endpoint,
    preferGetMethod: false,
    fetch: timedFetch,
    fetchOptions: { credentials: 'same-origin', headers: requestHeaders },
    exchanges: [
      demotion,
      normalizedCache(),
      freshnessExchange(freshness),
      authentication,
      subscriptions,
      fetchExchange,
    ],
  })

  return {
    client,
    uncached: new Client({
      url: endpoint,
      preferGetMethod: false,
      fetch: timedFetch,
      fetchOptions: { credentials: 'same-origin', headers: requestHeaders },
      requestPolicy: 'network-only',
      exchanges: [demotion, authentication, subscriptions, fetchExchange],
    }),
    connection: { state: socket.state, retryNow: socket.retryNow, reconnections },
    dispose: socket.dispose,
  }
}

/** Whether the server refused something to somebody of this role. */
const isForbidden = (data: unknown): boolean =>
  typeof data === 'object' &&
  data !== null &&
  Object.values(data as Record<string, unknown>).some(
    (outcome) =>
      typeof outcome === 'object' &&
      outcome !== null &&
      '__typename' in outcome &&
      outcome.__typename === 'ForbiddenError',
  )
