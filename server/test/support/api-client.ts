import { createClient, type Client } from 'graphql-ws'
import { WebSocket } from 'ws'
import { whenTestIsDone, type WhenDone } from './cleanup.ts'
import { Inbox } from './inbox.ts'

/** What goes over the wire. `Data` is the shape that the document asks for. */
export interface Answer<Data> {
  readonly data?: Data | null
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[]
}

type Variables = Record<string, unknown>

/** A client of the API on one socket, as a page is. */
export class ApiClient {
  private readonly client: Client

  constructor(socketUrl: string, token?: string, whenDone: WhenDone = whenTestIsDone) {
    this.client = createClient({
      url: socketUrl,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      ...(token !== undefined && { connectionParams: { token } }),
    })
    whenDone(() => this.client.dispose())
  }

  /** The first answer to a query, mutation or subscription, errors included. */
  run<Data = Record<string, unknown>>(query: string, variables: Variables = {}): Promise<Answer<Data>> {
    return new Promise((resolve, reject) => {
      const end = this.client.subscribe<Data>(
        { query, variables },
        {
          next: (answer) => {
            resolve(answer as Answer<Data>)
            // Not within the call: graphql-ws hands out the way to end with its return.
            queueMicrotask(() => end())
          },
          error: (error) => (Array.isArray(error) ? resolve({ errors: error }) : reject(problemOf(error))),
          complete: () => reject(new Error('completed without an answer')),
        },
      )
    })
  }

  /** The data of an answer that must have no errors. */
  async get<Data>(query: string, variables: Variables = {}): Promise<Data> {
    const { data, errors } = await this.run<Data>(query, variables)
    if (errors || data == null) throw new Error(`refused: ${JSON.stringify(errors)}`)
    return data
  }

  /** What a subscription brings. */
  watch<Data>(query: string, variables: Variables = {}): Subscription<Data> {
    const inbox = new Inbox<Data>(query.replace(/\s+/g, ' ').slice(0, 80))
    const end = this.client.subscribe<Data>(
      { query, variables },
      {
        next: ({ data, errors }) => {
          if (errors || data == null) inbox.close(`refused: ${JSON.stringify(errors)}`)
          else inbox.put(data)
        },
        error: (error) => inbox.close(problemOf(error).message),
        complete: () => inbox.close('completed'),
      },
    )
    return { inbox, end }
  }

  /** Closes the socket. */
  async dispose(): Promise<void> {
    await this.client.dispose()
  }
}

export interface Subscription<Data> {
  readonly inbox: Inbox<Data>
  end(): void
}

function problemOf(error: unknown): Error {
  if (error instanceof Error) return error
  if (typeof error === 'object' && error !== null && 'code' in error)
    return new Error(`closed with ${String(error.code)}`)
  return new Error(JSON.stringify(error))
}
