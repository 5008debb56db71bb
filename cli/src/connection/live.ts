import { createClient, type Client } from 'graphql-ws/client'
import { print } from 'graphql'
import { WebSocket } from 'ws'
import type { Clock } from '../clock.ts'
import type { TadaDocumentNode } from '../graphql.ts'
import type { Ids } from '../ids.ts'
import type { ServerAddress } from '../server-address.ts'
import type { Refusal } from './api.ts'
import { retryDelayMs } from './backoff.ts'
import { readLoss } from './loss.ts'

/** Why a subscription brings nothing more. */
export type SubscriptionEnd =
  /** By the server: what was watched is gone. */
  { readonly kind: 'completed' } | Refusal | { readonly kind: 'unreachable'; readonly message: string }

export type ConnectionState = { readonly kind: 'connected' } | { readonly kind: 'lost'; readonly message: string }

export interface LiveOptions {
  readonly server: ServerAddress
  readonly token: string | undefined
  readonly clock: Clock
  readonly ids: Ids
  readonly onState: (state: ConnectionState) => void
}

/** As often an idle connection is asked for a sign of life, and as long one may take. */
const pingMs = 5_000
/** How long a socket may take to open, and the server to greet on it. */
const openingMs = 10_000
/** Tries before it is believed that no socket gets through to a server that answers over HTTP. */
const firstTries = 6

/** Subscriptions, over one socket. A socket that is lost is opened again, without end, and each subscription begins anew with its snapshot. */
export class Live {
  readonly #options: LiveOptions
  readonly #client: Client
  #socket: WebSocket | undefined
  #wasConnected = false
  #isClosed = false
  #cancelSilence: () => void = () => {}

  constructor(options: LiveOptions) {
    this.#options = options
    const { server, token, clock } = options
    const take = (socket: WebSocket) => (this.#socket = socket)
    /** graphql-ws shows a socket only once it is open, and one that never opens is to be ended too. */
    class Socket extends WebSocket {
      constructor(address: string, protocols: string | string[]) {
        super(address, protocols, { handshakeTimeout: openingMs })
        take(this)
      }
    }
    this.#client = createClient({
      url: server.socket,
      ...(token !== undefined && { connectionParams: { token } }),
      webSocketImpl: Socket,
      connectionAckWaitTimeout: openingMs,
      keepAlive: pingMs,
      // Subscriptions are begun anew here, also after what graphql-ws takes for fatal.
      retryAttempts: 0,
      on: {
        connected: () => this.#connected(),
        message: () => this.#cancelSilence(),
        ping: (isReceived) => {
          if (!isReceived) this.#cancelSilence = clock.after(pingMs, () => this.#socket?.terminate())
        },
      },
    })
  }

  /** Returns what ends it. `end` is called at most once, and not by that. */
  subscribe<Data, Variables extends Record<string, unknown>>(
    document: TadaDocumentNode<Data, Variables>,
    variables: Variables,
    { next, end }: { readonly next: (data: Data) => void; readonly end: (why: SubscriptionEnd) => void },
  ): () => void {
    const query = print(document as Parameters<typeof print>[0])
    let stop = () => {}
    let isOver = false
    let failures = 0
    const finish = (why: SubscriptionEnd) => {
      if (isOver || this.#isClosed) return
      isOver = true
      end(why)
    }
    const begin = () => {
      if (isOver || this.#isClosed) return
      stop = this.#client.subscribe<Data>(
        { query, variables },
        {
          next: ({ data, errors }) => {
            if (isOver) return
            failures = 0
            if (data) next(data)
            else if (errors) finish(readLoss(errors) as Refusal)
          },
          error: (cause) => {
            const loss = readLoss(cause)
            if (loss.kind === 'refused') return finish(loss)
            failures += 1
            this.#lost(loss.message, failures, begin, finish)
          },
          complete: () => finish({ kind: 'completed' }),
        },
      )
    }
    begin()
    return () => {
      isOver = true
      stop()
    }
  }

  close(): void {
    this.#isClosed = true
    this.#cancelSilence()
    // It waits for a socket that is being opened, and fails with it.
    this.#client.dispose()?.catch(() => undefined)
    this.#socket?.terminate()
  }

  #connected(): void {
    this.#wasConnected = true
    this.#options.onState({ kind: 'connected' })
  }

  #lost(message: string, failures: number, again: () => void, finish: (why: SubscriptionEnd) => void): void {
    const { clock, ids, onState } = this.#options
    if (this.#isClosed) return
    this.#cancelSilence()
    if (!this.#wasConnected && failures >= firstTries) return finish({ kind: 'unreachable', message })
    onState({ kind: 'lost', message })
    clock.after(retryDelayMs(failures, ids.random), again)
  }
}
